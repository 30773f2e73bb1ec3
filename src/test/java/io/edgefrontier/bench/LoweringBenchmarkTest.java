package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.variant.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Real forks, as short as they can be. */
class LoweringBenchmarkTest {
  private static final String SHORT = " -p lowering=plain -f 1 -wi 1 -w 50ms -i 5 -r 50ms";

  @TempDir private Path folder;

  @Test
  void anArchiveIsAsFastAsItself() throws Exception {
    RunResult result = run("-p network=SmallCNN -p precision=fp32 -p batchSize=1" + SHORT);

    Result<?> speedUp = speedUps(result).get("speedup");
    assertEquals(1, speedUp.getScore(), 0.4);
    assertEquals(1, speedUp.getSampleCount(), "one value per fork");
    assertEquals("x", speedUp.getScoreUnit());
    assertEquals("us/op", result.getPrimaryResult().getScoreUnit());
    assertLeavesNothing();
  }

  /** Whose times are in the ratio, and which way round, shows only where the two differ a lot. */
  @Test
  void isAsManyTimesFasterAsItsTimeSays() throws Exception {
    RunResult fp32 = run("-p network=SmallCNN -p precision=fp32 -p batchSize=4" + SHORT);
    RunResult int8 = run("-p network=SmallCNN -p precision=int8 -p batchSize=4" + SHORT);

    double ofTimes = fastest(fp32) / fastest(int8);
    double speedUp = speedUps(int8).get("speedup.fastest").getScore();
    assertTrue(ofTimes > 1.5 || ofTimes < 0.67, "too near for a test: " + ofTimes);
    assertEquals(1, speedUp / ofTimes, 0.5, speedUp + " against " + ofTimes);
    assertEquals(Set.of("speedup", "speedup.fastest"), speedUps(int8).keySet());
    assertLeavesNothing();
  }

  @Test
  void aRateHasNoSpeedUp() throws Exception {
    RunResult result =
        run("-p network=mlp -p precision=fp32 -p batchSize=1 -bm thrpt -t 2" + SHORT);

    assertTrue(speedUps(result).isEmpty());
    assertLeavesNothing();
  }

  @Test
  void namesTheLowerings() {
    NetworkArchives archives = new NetworkArchives(BenchmarkNetwork.MLP.create(), folder);
    var unknown =
        assertThrows(
            IllegalArgumentException.class, () -> archives.archive(Precision.FP32, "best", 1));
    assertTrue(
        unknown.getMessage().startsWith("unknown lowering 'best'; expected plain, rule, tune"),
        unknown.getMessage());
  }

  private RunResult run(String arguments) throws Exception {
    List<String> jvm = new ArrayList<>(List.of("-Djava.io.tmpdir=" + folder));
    Stream.of("ai.djl.offline", "OPT_OUT_TRACKING", "ai.djl.pytorch.num_threads")
        .filter(key -> System.getProperty(key) != null)
        .forEach(key -> jvm.add("-D%s=%s".formatted(key, System.getProperty(key))));
    var options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(("LoweringBenchmark " + arguments).split(" ", -1)))
            .jvmArgsAppend(jvm.toArray(String[]::new))
            .addProfiler(SpeedUpProfiler.class)
            .shouldFailOnError(true)
            .build();
    PrintStream log = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    List<RunResult> results =
        List.copyOf(
            new Runner(options, OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL))
                .run());
    assertEquals(1, results.size());
    return results.get(0);
  }

  @SuppressWarnings("rawtypes") // as JMH declares it
  private static Map<String, Result<?>> speedUps(RunResult result) {
    Map<String, Result<?>> found = new TreeMap<>();
    for (Map.Entry<String, Result> secondary : result.getSecondaryResults().entrySet()) {
      if (secondary.getKey().startsWith("speedup")) {
        found.put(secondary.getKey(), secondary.getValue());
      }
    }
    return found;
  }

  /** Other programs on this machine lengthen every other call, and long ones most. */
  private static double fastest(RunResult result) {
    return result.getPrimaryResult().getStatistics().getMin();
  }

  private void assertLeavesNothing() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(file -> file.toString().contains("lowering")).toList());
    }
  }
}
