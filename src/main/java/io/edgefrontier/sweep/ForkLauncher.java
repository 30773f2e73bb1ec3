package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
  private static final String PROFILER = "io.edgefrontier.bench.ForkFactsProfiler";

  private final SweepPlan plan;

  ForkLauncher(SweepPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs the fork to its end; a failure is an outcome, not an exception.
   *
   * @throws IOException if JMH refuses to start it because another JMH runs on this machine
   */
  ForkOutcome launch(Fork fork) throws IOException {
    ForkOutput log = new ForkOutput(plan.verbose() ? Optional.of(System.err) : Optional.empty());
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    Runner runner =
        new Runner(
            options(fork), OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL));
    Instant start = Instant.now();
    long startNanos = System.nanoTime();
    Optional<RunResult> result = Optional.empty();
    String error = "";
    ForkWatchdog watchdog = ForkWatchdog.start(plan.settings().timeout());
    DivertedStreams diverted = new DivertedStreams(out);
    try (watchdog;
        diverted) {
      Collection<RunResult> results = runner.run();
      result = results.stream().findFirst();
      error = results.isEmpty() ? "the fork ended without a result" : "";
    } catch (RunnerException e) {
      error = watchdog.fired() ? timedOut() : reason(e);
      if (error.contains("Another JMH instance")) {
        // Not this cell's fault, and every other cell would fail alike.
        throw new IOException(
            "another JMH run holds JMH's lock on this machine, and both would disturb each other;"
                + " wait for its end and start again",
            e);
      }
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - startNanos);
    return new ForkOutcome(fork, start, wall, result, error, log);
  }

  private Options options(Fork fork) {
    Cell cell = fork.cell();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(fork.kind().benchmark()) + "$")
            .param("pruningLevel", String.valueOf(cell.variant().pruningLevel()))
            .param("precision", cell.variant().precision().label())
            .param("batchSize", String.valueOf(cell.batchSize()))
            .forks(1)
            .jvmArgsAppend(jvmArguments(cell).toArray(String[]::new))
            .addProfiler(PROFILER)
            .shouldFailOnError(true);
    if (fork.kind() == ForkKind.LATENCY) {
      Iterations warmup = plan.settings().warmup();
      Iterations measurement = plan.settings().measurement();
      options
          .warmupIterations(warmup.count())
          .warmupTime(timeValue(warmup.time()))
          .measurementIterations(measurement.count())
          .measurementTime(timeValue(measurement.time()));
    }
    return options.build();
  }

  private List<String> jvmArguments(Cell cell) {
    List<String> arguments = new ArrayList<>(ForkArguments.of(plan.variants(), cell.threads()));
    // Where a crashed JVM explains itself; it would be the working directory otherwise.
    Path crashLog = SweepFiles.forks(plan.output()).resolve("hs_err_%p.log");
    arguments.add("-XX:ErrorFile=" + crashLog);
    return arguments;
  }

  // Milliseconds print as JMH users write them ("500 ms").
  private static TimeValue timeValue(Duration time) {
    return new TimeValue(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private String timedOut() {
    return "no result within %s s; the fork was ended"
        .formatted(plan.settings().timeout().toMillis() / 1000.0);
  }

  /** Returns what the fork really threw: JMH wraps it, as cause or as suppressed exception. */
  static String reason(Throwable thrown) {
    Throwable inner = thrown;
    while (inner instanceof RunnerException || inner instanceof BenchmarkException) {
      Throwable next =
          inner.getSuppressed().length > 0 ? inner.getSuppressed()[0] : inner.getCause();
      if (next == null) {
        break;
      }
      inner = next;
    }
    return inner.getMessage() == null ? inner.toString() : inner.getMessage();
  }
}
