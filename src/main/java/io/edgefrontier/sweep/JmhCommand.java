package io.edgefrontier.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * JMH's own command line on this project's benchmarks.
 *
 * <p>Every option means what it means to JMH. What the benchmarks need to know stands <em>before
 * </em> the user's JVM arguments of the forks, so that the user's win.
 */
public final class JmhCommand {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /**
   * What runs when no benchmark is named. The others need a choice first: a sensor, a rate, a
   * delay, a network.
   */
  private static final List<String> DEFAULT_BENCHMARKS =
      List.of("[.]InferenceBenchmark[.]", "[.]ColdStartBenchmark[.]");

  /** Those that make their own archives or are given some. */
  private static final Set<String> WITHOUT_VARIANTS =
      Set.of("io.edgefrontier.bench.LoweringBenchmark", "io.edgefrontier.bench.PairBenchmark");

  private JmhCommand() {}

  /**
   * Returns whether the arguments make JMH run, rather than list or explain, a benchmark that times
   * variants, so that they have to be there. Wrong arguments run nothing.
   */
  public static boolean needsVariants(List<String> arguments) {
    try {
      CommandLineOptions commandLine = parse(arguments);
      return runs(commandLine) && timesVariants(commandLine);
    } catch (CommandLineOptionException e) {
      return false; // run() tells the user what is wrong with them
    }
  }

  /**
   * Does what JMH's main would do with the arguments.
   *
   * @param variants folder of variants.csv
   * @return the exit code: 0; 1 if a benchmark failed; 2 for wrong arguments
   * @throws IOException if a file that the arguments name cannot be written
   */
  public static int run(List<String> arguments, Path variants) throws IOException {
    CommandLineOptions commandLine;
    try {
      commandLine = parse(arguments);
    } catch (CommandLineOptionException e) {
      System.err.println("Error parsing command line:");
      System.err.println(" " + e.getMessage());
      return WRONG_USAGE;
    }
    if (runs(commandLine)) {
      return runBenchmarks(commandLine, variants);
    }
    answer(commandLine);
    return DONE;
  }

  private static CommandLineOptions parse(List<String> arguments)
      throws CommandLineOptionException {
    return new CommandLineOptions(arguments.toArray(String[]::new));
  }

  private static boolean timesVariants(CommandLineOptions commandLine) {
    Options options = options(commandLine, Path.of(""));
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    return BenchmarkList.defaultList()
        .find(silent, options.getIncludes(), options.getExcludes())
        .stream()
        .anyMatch(benchmark -> !WITHOUT_VARIANTS.contains(benchmark.getUserClassQName()));
  }

  private static boolean runs(CommandLineOptions options) {
    return !options.shouldHelp()
        && !options.shouldList()
        && !options.shouldListWithParams()
        && !options.shouldListProfilers()
        && !options.shouldListResultFormats();
  }

  // In JMH's order: of several questions it answers the first.
  private static void answer(CommandLineOptions options) throws IOException {
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldList()) {
      new Runner(options).list();
    } else if (options.shouldListWithParams()) {
      new Runner(options).listWithParams(options);
    } else if (options.shouldListProfilers()) {
      options.listProfilers();
    } else {
      options.listResultFormats();
    }
  }

  private static int runBenchmarks(CommandLineOptions commandLine, Path variants)
      throws IOException {
    // Without forks (-f 0) the benchmark runs in this JVM and looks for the property here.
    System.setProperty(ForkArguments.VARIANTS, variants.toString());
    BenchmarkTally tally = new BenchmarkTally(commandLine);
    try {
      new Runner(options(commandLine, variants), tally.output()).run();
      return tally.failed() == 0 ? DONE : FAILED;
    } catch (NoBenchmarksException e) {
      System.err.println("No benchmark matches " + commandLine.getIncludes() + "; -l lists them.");
      return WRONG_USAGE;
    } catch (ProfilersFailedException e) {
      printMessages(e);
      return FAILED;
    } catch (RunnerException e) {
      System.err.println(ForkLauncher.reason(e));
      return FAILED;
    }
  }

  static Options options(CommandLineOptions commandLine, Path variants) {
    List<String> first = new ArrayList<>(ForkArguments.of(variants));
    first.addAll(commandLine.getJvmArgsPrepend().orElse(List.of()));
    ChainedOptionsBuilder options =
        new OptionsBuilder().parent(commandLine).jvmArgsPrepend(first.toArray(String[]::new));
    if (commandLine.getIncludes().isEmpty()) {
      DEFAULT_BENCHMARKS.forEach(options::include);
    }
    return options.build();
  }

  private static void printMessages(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      System.err.println(t.getMessage());
      for (Throwable suppressed : t.getSuppressed()) {
        System.err.println(suppressed.getMessage());
      }
    }
  }
}
