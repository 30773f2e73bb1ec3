package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

class JmhDefaultBenchmarksTest {
  private static final String PACKAGE = "io.edgefrontier.bench.";

  @Test
  void runsLatencyAndColdStartWhenNoBenchmarkIsNamed() throws Exception {
    Options options = options("-p precision=int8 -p pruningLevel=0.5 -f 1");

    List<String> chosen =
        Stream.of(ForkKind.values())
            .map(ForkKind::benchmark)
            .filter(name -> matches(options, name))
            .toList();
    assertEquals(
        List.of(ForkKind.LATENCY.benchmark(), ForkKind.COLD_START.benchmark()),
        chosen.stream().distinct().toList());
    for (String other :
        List.of(
            "EnergyBenchmark.forward",
            "InjectedDelayBenchmark.forward",
            "LoweringBenchmark.forward",
            "OpenLoopBenchmark.respond")) {
      assertFalse(matches(options, PACKAGE + other), other);
    }
  }

  @Test
  void runsWhatIsNamed() throws Exception {
    assertEquals(List.of("OpenLoop"), options("OpenLoop -f 1").getIncludes());
  }

  private static Options options(String commandLine) throws Exception {
    return JmhCommand.options(
        new CommandLineOptions(commandLine.split(" ", -1)), Path.of("variants"));
  }

  /** Returns whether JMH would run the benchmark: its patterns look anywhere in the name. */
  private static boolean matches(Options options, String benchmark) {
    return options.getIncludes().stream()
        .anyMatch(pattern -> Pattern.compile(pattern).matcher(benchmark).find());
  }
}
