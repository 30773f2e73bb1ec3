package io.edgefrontier.track;

import static io.edgefrontier.track.RunReaderTest.cell;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of Edge Frontier's own benchmarks gives to its cell. */
class OwnKindsTest {
  private static final String LATENCY = "InferenceBenchmark.forward";
  private static final String COLD = "ColdStartBenchmark.loadAndFirstInference";
  private static final String KEY =
      LATENCY + " batchSize=4 model=resnet8 precision=int8 pruningLevel=0.5";
  private static final String RAW = "[[[[1,3]],[[2,3]]],[[[4,3]],[[4,3]]]]";

  @TempDir private Path folder;

  @Test
  void joinsTheKindsOfOneVariant() throws IOException {
    TrackedRun run =
        read(
            entry(LATENCY, "sample", 1, "", "us/op", RAW, ""),
            entry(LATENCY, "thrpt", 1, "", "ops/ms", "[[1,3,2],[5]]", ""),
            entry(COLD, "ss", 1, "", "s/op", "[[0.25],[0.5]]", metric("rss.peak", "[[90],[80]]")),
            entry(
                "EnergyBenchmark.forward",
                "avgt",
                1,
                "",
                "ms/op",
                "[[1],[1]]",
                metric("energy.net@b", "[[1],[1]]")
                    + ","
                    + metric("energy@b", "[[8],[12]]")
                    + ","
                    + metric("energy@c", "[[80],[120]]")));

    assertEquals(1, run.cells().size());
    TrackedCell cell = cell(run, KEY);
    assertSample(cell, Metric.LATENCY, 0.0015, 0.004);
    assertSample(cell, Metric.THROUGHPUT, 4 * 2000, 4 * 5000);
    assertSample(cell, Metric.COLD_START, 250, 500);
    assertSample(cell, Metric.PEAK_RSS, 90, 80);
    assertSample(cell, Metric.ENERGY, 2, 3);
    assertFalse(cell.samples().containsKey(Metric.LATENCY_P99), "of three calls");
    assertTrue(
        cell.conditions()
            .keySet()
            .containsAll(Set.of("jmh", "jmh_throughput", "jmh_cold_start", "jmh_energy")));
  }

  @Test
  void takesTheRatioOfEachForkToItsReference() throws IOException {
    // Ratios of the iterations: 0.5 and 0.4; 1 and 2. Medians of the reference: 3.5 and 3 us.
    String reference = metric("reference", "[[0.002,0.005],[0.004,0.002]]");
    TrackedRun run = read(entry(LATENCY, "sample", 1, "", "us/op", RAW, reference));

    Sample latency = cell(run, KEY).samples().get(Metric.LATENCY);
    assertArrayEquals(new double[] {0.45, 1.5}, latency.ratios(), 1e-12);
    assertArrayEquals(new double[] {0.0015, 0.004}, latency.values(), 1e-12);
    assertEquals(0.975 * 0.00325, latency.typical(), 1e-12);
    assertSample(cell(run, "reference"), Metric.REFERENCE, 0.0035, 0.003);
  }

  @Test
  void refusesAForkThatLacksReferenceTimes() {
    String reference = metric("reference", "[[0.002],[0.004,0.002]]");
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> read(entry(LATENCY, "sample", 1, "", "us/op", RAW, reference)));
    assertTrue(thrown.getMessage().contains("'reference' has"), thrown.getMessage());
  }

  @Test
  void takesMemoryOfWarmForksOnlyWhereNoColdStartHasIt() throws IOException {
    String rss = metric("rss.peak", "[[100],[110]]");
    String warm = entry(LATENCY, "sample", 1, "", "us/op", RAW, rss);
    assertSample(cell(read(warm), KEY), Metric.PEAK_RSS, 100, 110);
    String cold = entry(COLD, "ss", 1, "", "s/op", "[[1]]", metric("rss.peak", "[[90]]"));
    assertSample(cell(read(warm, cold), KEY), Metric.PEAK_RSS, 90);
    assertSample(cell(read(cold, warm), KEY), Metric.PEAK_RSS, 90);
  }

  @Test
  void takesNoColdStartFromRepeatedShots() throws IOException {
    TrackedRun run = read(entry(COLD, "ss", 1, "", "s/op", "[[1,0.1]]", ""));
    assertEquals(Set.of(), cell(run, KEY).samples().keySet());
  }

  @Test
  void namesThreadsOnlyBesideFewerOfTheSameVariant() throws IOException {
    String one =
        entry(LATENCY, "sample", 1, "", "us/op", RAW, metric("reference", "[[1,1],[1,1]]"));
    String two =
        entry(LATENCY, "sample", 2, "", "us/op", RAW, metric("reference", "[[1,1],[1,1]]"));

    assertEquals(List.of(KEY, "reference"), keys(read(two)));
    assertEquals("2", cell(read(two), KEY).conditions().get("threads"));
    assertEquals(
        List.of(KEY, KEY + " threads=2", "reference", "reference threads=2"),
        keys(read(two, one)).stream().sorted().toList());
  }

  @Test
  void makesCellsOfTheirOwnOfOpenLoopsAndInjectedDelays() throws IOException {
    String times = metric("response.p50", "[[1],[2]]") + "," + metric("response.p99", "[[7],[9]]");
    TrackedRun run =
        read(
            entry(
                "OpenLoopBenchmark.respond",
                "thrpt",
                1,
                ",\"arrivalRate\":\"50.0\"",
                "ops/s",
                "[[50],[50]]",
                times),
            entry(
                "InjectedDelayBenchmark.forward",
                "sample",
                1,
                ",\"delayPercent\":\"5\"",
                "us/op",
                RAW,
                metric("reference", "[[0.002,0.005],[0.004,0.002]]")));

    String prefix = "io.edgefrontier.bench.";
    String rest = " model=resnet8 precision=int8 pruningLevel=0.5";
    TrackedCell open =
        cell(run, prefix + "OpenLoopBenchmark.respond thrpt arrivalRate=50 batchSize=4" + rest);
    assertSample(open, Metric.LATENCY, 1, 2);
    assertSample(open, Metric.LATENCY_P99, 7, 9);
    assertFalse(open.samples().containsKey(Metric.THROUGHPUT));
    TrackedCell delayed =
        cell(
            run,
            prefix + "InjectedDelayBenchmark.forward sample batchSize=4 delayPercent=5" + rest);
    assertArrayEquals(
        new double[] {0.45, 1.5}, delayed.samples().get(Metric.LATENCY).ratios(), 1e-12);
  }

  @Test
  void refusesACellTwiceOrWithoutItsParameters() {
    String entry = entry(LATENCY, "sample", 1, "", "us/op", RAW, "");
    assertTrue(
        assertThrows(IOException.class, () -> read(entry, entry))
            .getMessage()
            .contains("repeats an earlier entry"));
    assertTrue(
        assertThrows(IOException.class, () -> read(entry.replace("pruningLevel", "pruning")))
            .getMessage()
            .contains("has no parameter 'pruningLevel'"));
  }

  private static List<String> keys(TrackedRun run) {
    return run.cells().stream().map(TrackedCell::key).toList();
  }

  private static void assertSample(TrackedCell cell, Metric metric, double... expected) {
    assertArrayEquals(expected, cell.samples().get(metric).values(), 1e-12, metric.label());
  }

  private TrackedRun read(String... entries) throws IOException {
    Path file = folder.resolve("ours.json");
    Files.writeString(file, "[" + String.join(",", entries) + "]");
    return RunReader.read(file);
  }

  private static String metric(String name, String raw) {
    String unit = name.startsWith("re") ? "ms" : "J";
    return "\"%s\":{\"score\":1,\"scoreUnit\":\"%s\",\"rawData\":%s}".formatted(name, unit, raw);
  }

  private static String entry(
      String benchmark,
      String mode,
      int threads,
      String moreParams,
      String unit,
      String raw,
      String secondary) {
    return """
        {"jmhVersion":"1.37","benchmark":"io.edgefrontier.bench.%s","mode":"%s","forks":2,
         "jvmArgs":["-Dai.djl.pytorch.num_threads=%s"],
         "params":{"pruningLevel":"0.50","precision":"int8","batchSize":"4","model":"resnet8"%s},
         "primaryMetric":{"score":1,"scoreUnit":"%s","%s":%s},"secondaryMetrics":{%s}}"""
        .formatted(
            benchmark,
            mode,
            threads,
            moreParams,
            unit,
            mode.equals("sample") ? "rawDataHistogram" : "rawData",
            raw,
            secondary);
  }
}
