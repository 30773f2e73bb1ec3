package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import io.edgefrontier.sweep.ForkOutcome.ForkResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one fork through JMH's runner, exactly as JMH runs its forks. */
final class ForkLauncher {
  /** Lines of a failed fork's output that its reason quotes. */
  private static final int QUOTED_LINES = 5;

  /** Lines of a stack trace that its log keeps. */
  private static final int TRACE_LINES = 20;

  private final SweepPlan plan;
  private final Path forks;
  private final Function<ForkKind, String> benchmarks;

  /**
   * @param forks folder of the forks' files
   * @param benchmarks JMH's name for the benchmark of each kind
   */
  ForkLauncher(SweepPlan plan, Path forks, Function<ForkKind, String> benchmarks) {
    this.plan = plan;
    this.forks = forks;
    this.benchmarks = benchmarks;
  }

  /**
   * Runs the fork to its end; a failure is an outcome, not an exception.
   *
   * @throws IOException if JMH refuses to start it because another JMH runs on this machine
   */
  ForkOutcome launch(Fork fork) throws IOException {
    return launch(fork, Map.of());
  }

  /**
   * As {@link #launch(Fork)}, with more of JMH's parameters.
   *
   * @param parameters of the benchmark, beside those of the cell
   */
  ForkOutcome launch(Fork fork, Map<String, String> parameters) throws IOException {
    LaunchPrefix.ParentPlace place = plan.prefix().keepParentOff(plan.busyThreads(fork));
    try (place) {
      return run(fork, parameters);
    }
  }

  private ForkOutcome run(Fork fork, Map<String, String> parameters) throws IOException {
    boolean verbose = plan.has(SweepFlag.VERBOSE);
    ForkOutput log = new ForkOutput(verbose ? Optional.of(System.err) : Optional.empty());
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    // Silent, JMH only passes on what the fork prints: nothing is formatted while it measures.
    VerboseMode mode = verbose ? VerboseMode.NORMAL : VerboseMode.SILENT;
    Runner runner =
        new Runner(options(fork, parameters), OutputFormatFactory.createFormatInstance(out, mode));
    CrashLogs crashes = new CrashLogs(forks);
    Instant start = Instant.now();
    long startNanos = System.nanoTime();
    Optional<ForkResult> result = Optional.empty();
    String error = "";
    ForkWatchdog watchdog = ForkWatchdog.start(plan.forks().timeout());
    DivertedStreams diverted = new DivertedStreams(out);
    try (watchdog;
        diverted) {
      result = Optional.of(result(fork, runner.run()));
    } catch (RunnerException e) {
      refuseIfLocked(e);
      error = watchdog.fired() ? timedOut() : failed(e, log, crashes);
      printTrace(thrown(e), out);
    } catch (IllegalArgumentException e) {
      error = e.getMessage();
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - startNanos);
    return new ForkOutcome(fork, start, wall, result, error, log);
  }

  private ForkResult result(Fork fork, Collection<RunResult> results) {
    if (results.size() != 1) {
      throw new IllegalArgumentException("the fork ended without a result");
    }
    RunResult jmh = results.iterator().next();
    return new ForkResult(jmh, ForkFigures.of(fork.kind(), jmh, plan.forks().reference()));
  }

  private Options options(Fork fork, Map<String, String> parameters) {
    Cell cell = fork.cell();
    ForkSettings settings = plan.forks();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmarks.apply(fork.kind())) + "$")
            .mode(fork.kind().mode())
            .param("model", cell.variant().model())
            .param("pruningLevel", String.valueOf(cell.variant().pruningLevel()))
            .param("precision", cell.variant().precision().label())
            .param("batchSize", String.valueOf(cell.batchSize()))
            .threads(settings.callers(fork.kind()))
            .forks(1)
            .jvmArgsPrepend(settings.jvm().prepend().toArray(String[]::new))
            .jvmArgsAppend(ForkArguments.of(plan, fork, forks).toArray(String[]::new))
            .shouldFailOnError(true);
    fork.kind().profilers().forEach(options::addProfiler);
    parameters.forEach(options::param);
    settings.jvm().instead().ifPresent(all -> options.jvmArgs(all.toArray(String[]::new)));
    settings.arrivalRate().ifPresent(rate -> options.param("arrivalRate", String.valueOf(rate)));
    List<String> prefix = plan.prefix().command(plan.busyThreads(fork));
    if (!prefix.isEmpty()) {
      options.addProfiler(LaunchPrefixProfiler.class, String.join(" ", prefix));
    }
    settings
        .warmup(fork.kind())
        .ifPresent(w -> options.warmupIterations(w.count()).warmupTime(timeValue(w.time())));
    settings
        .measurement(fork.kind())
        .ifPresent(
            m -> options.measurementIterations(m.count()).measurementTime(timeValue(m.time())));
    return options.build();
  }

  // Milliseconds print as JMH users write them ("500 ms").
  private static TimeValue timeValue(Duration time) {
    return new TimeValue(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  // Not the cell's fault, and every other cell would fail alike.
  private static void refuseIfLocked(RunnerException e) throws IOException {
    if (reason(e).contains("Another JMH instance")) {
      throw new IOException(
          "another JMH run holds JMH's lock on this machine, and both would disturb each other;"
              + " wait for its end and start again",
          e);
    }
  }

  private String timedOut() {
    return "no result within %s s; the fork was ended"
        .formatted(plan.forks().timeout().toMillis() / 1000.0);
  }

  private static String failed(RunnerException e, ForkOutput log, CrashLogs crashes)
      throws IOException {
    Optional<String> crash = crashes.newest();
    if (crash.isPresent()) {
      return "the fork crashed: " + crash.get(); // what it printed is the same at length
    }
    List<String> printed = log.tail(QUOTED_LINES);
    return printed.isEmpty()
        ? reason(e)
        : reason(e) + "; it printed last: " + String.join(" | ", printed);
  }

  /** Prints where in the fork it was thrown, if it was thrown there. */
  private static void printTrace(Throwable thrown, PrintStream out) {
    List<StackTraceElement> trace = List.of(thrown.getStackTrace());
    String here = ForkLauncher.class.getName();
    if (trace.stream().noneMatch(frame -> frame.getClassName().equals(here))) {
      out.println(thrown);
      trace.stream().limit(TRACE_LINES).forEach(frame -> out.println("\tat " + frame));
    }
  }

  /** Says what the fork really threw. */
  static String reason(Throwable thrown) {
    Throwable inner = thrown(thrown);
    // An Error's message alone ("Java heap space") does not say that something went wrong.
    return inner.getMessage() == null || inner instanceof Error
        ? inner.toString()
        : inner.getMessage();
  }

  // JMH wraps it, as cause or as suppressed exception.
  private static Throwable thrown(Throwable thrown) {
    Throwable inner = thrown;
    while (inner instanceof RunnerException || inner instanceof BenchmarkException) {
      Throwable next =
          inner.getSuppressed().length > 0 ? inner.getSuppressed()[0] : inner.getCause();
      if (next == null) {
        break;
      }
      inner = next;
    }
    return inner;
  }
}
