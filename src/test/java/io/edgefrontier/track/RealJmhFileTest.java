package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Reads what JMH itself writes, and holds it against what JMH says in memory. */
class RealJmhFileTest {
  private static final Map<Mode, Metric> METRICS =
      Map.of(
          Mode.Throughput, Metric.THROUGHPUT,
          Mode.AverageTime, Metric.OPERATION_TIME,
          Mode.SampleTime, Metric.OPERATION_TIME,
          Mode.SingleShotTime, Metric.OPERATION_TIME);

  private static final String IGNORE_LOCK = "jmh.ignoreLock";

  @TempDir private Path folder;

  @Test
  void readsEveryModeOfAnotherProjectsBenchmark() throws Exception {
    Path file = folder.resolve("theirs.json");
    Collection<RunResult> results = run(file);

    TrackedRun run = RunReader.read(file);

    assertEquals(8, results.size());
    assertEquals(8, run.cells().size());
    for (RunResult result : results) {
      Mode mode = result.getParams().getMode();
      String step = result.getParams().getParam("step").equals("1e3") ? "1000" : "1.5";
      TrackedCell cell =
          RunReaderTest.cell(
              run,
              "%s %s how=\"to the end\" step=%s"
                  .formatted(AddingBenchmark.NAME, mode.shortLabel(), step));
      Sample sample = cell.samples().get(METRICS.get(mode));
      assertEquals(2, sample.forks(), cell.key());
      double score = expected(result, mode);
      double found =
          mode == Mode.SampleTime
              ? sample.typical()
              : Arrays.stream(sample.values()).average().orElseThrow();
      // Calls of a sampled benchmark take as long as reading the clock: whole nanoseconds.
      double tolerance = mode == Mode.SampleTime ? 50e-6 : 1e-9 * score;
      assertEquals(score, found, tolerance, cell.key());
      assertEquals(
          "1.37 %s, warm-up 0, measurement 3 x 10 ms".formatted(mode.shortLabel()),
          cell.conditions().get("jmh"));
      assertEquals("1", cell.conditions().get("callers"));
    }
  }

  /** JMH's score, which is over equally many iterations of both forks, by second or in ms. */
  private static double expected(RunResult result, Mode mode) {
    if (mode == Mode.SampleTime) {
      return result.getPrimaryResult().getStatistics().getPercentile(50) / 1000;
    }
    double score = result.getPrimaryResult().getScore();
    return mode == Mode.Throughput ? score * 1e6 : score / 1000;
  }

  private static Collection<RunResult> run(Path file) throws Exception {
    OptionsBuilder options = new OptionsBuilder();
    options.include("^" + AddingBenchmark.NAME + "$");
    for (Mode mode : METRICS.keySet()) {
      options.mode(mode);
    }
    options
        .forks(2)
        .warmupIterations(0)
        .measurementIterations(3)
        .measurementTime(TimeValue.milliseconds(10))
        .timeUnit(TimeUnit.MICROSECONDS)
        .jvmArgs("-XX:TieredStopAtLevel=1", "-Xmx64m")
        .resultFormat(ResultFormatType.JSON)
        .result(file.toString());
    // The figures do not matter, so that a measurement beside it may go on.
    System.setProperty(IGNORE_LOCK, "true");
    try {
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      return new Runner(
              options.build(),
              OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT))
          .run();
    } finally {
      System.clearProperty(IGNORE_LOCK);
    }
  }
}
