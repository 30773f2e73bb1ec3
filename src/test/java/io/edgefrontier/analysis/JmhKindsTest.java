package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Evidence;
import io.edgefrontier.result.MeterLog;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.ResponseTime;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What merge makes of every kind of benchmark, first of all of the paired reference. */
class JmhKindsTest {
  private static final String PLACE = "io.edgefrontier.bench.";
  private static final Variant VARIANT = new Variant("resnet8", 0.5, Precision.INT8);

  @TempDir Path folder;

  /** An entry of one cell of the int8 variant. */
  private static String entry(
      String benchmark, String mode, int batchSize, int threads, String primary, String secondary) {
    return """
        {"benchmark":"%s","mode":"%s","forks":2,
         "jvmArgs":["-Dai.djl.pytorch.num_threads=%s"],
         "params":{"pruningLevel":"0.5","precision":"int8","batchSize":"%s","arrivalRate":"50"},
         "primaryMetric":{"score":1,%s},"secondaryMetrics":{%s}}"""
        .formatted(PLACE + benchmark, mode, threads, batchSize, primary, secondary);
  }

  private static String latency(int batchSize, int threads, String histogram, String secondary) {
    return entry(
        "InferenceBenchmark.forward",
        "sample",
        batchSize,
        threads,
        "\"scoreUnit\":\"ms/op\",\"rawDataHistogram\":" + histogram,
        secondary);
  }

  private static String metric(String name, String unit, String raw) {
    return "\"%s\":{\"score\":1,\"scoreUnit\":\"%s\",\"rawData\":%s}".formatted(name, unit, raw);
  }

  private List<SweepRow> merge(BudgetMetric metric, String... entries) throws IOException {
    return merge(metric, Map.of(), entries);
  }

  private List<SweepRow> merge(
      BudgetMetric metric, Map<Cell, Integer> disturbedForks, String... entries)
      throws IOException {
    Path target = folder.resolve("sweep_results.csv");
    merge(metric, disturbedForks, Optional.empty(), target, entries);
    return SweepTable.read(target).rows();
  }

  private MergeFiles.Summary merge(
      BudgetMetric metric,
      Map<Cell, Integer> disturbedForks,
      Optional<Meter> meter,
      Path target,
      String... entries)
      throws IOException {
    Path variants = folder.resolve("variants.csv");
    Files.writeString(
        variants,
        """
        model,pruning_level,precision,path,archive_sha256,archive_bytes,input_shape,parameters,macs,model_memory_bytes,peak_activation_bytes,error
        resnet8,0.5,int8,b.pt,bb,50,1x28x28,5,500,4194304,524288,
        """);
    Path accuracy = folder.resolve("accuracy.csv");
    Files.writeString(accuracy, "model,pruning_level,precision,accuracy\nresnet8,0.5,int8,0.9\n");
    Path jmh = folder.resolve("jmh.json");
    Files.writeString(jmh, "[" + String.join(",", entries) + "]");
    MergeSettings settings =
        new MergeSettings(
            5, 2, new MemoryBudgets(List.of(450.0), 450, metric), List.of(), List.of());
    return MergeFiles.merge(
        new MergeFiles.Sources(
            variants, jmh, Optional.of(accuracy), Map.of(), disturbedForks, meter),
        settings,
        target);
  }

  private SweepRow merged(String... entries) throws IOException {
    List<SweepRow> rows = merge(BudgetMetric.MODEL_MEMORY_MB, entries);
    assertEquals(1, rows.size());
    assertEquals("", rows.get(0).error());
    return rows.get(0);
  }

  /** Two forks, the second on a machine that has become twice as slow. */
  private static final String DRIFTING =
      latency(
          1,
          1,
          "[[[[1.0,3]],[[1.2,1],[1.4,1]],[[2.0,5]]],[[[2.2,1]],[[2.4,1]],[[9.0,1]]]]",
          metric("reference", "ms/op", "[[0.5,0.5,1.0],[1.0,1.0,2.0]]"));

  @Test
  void theRatioToTheReferenceCancelsTheDriftOfTheMachine() throws IOException {
    SweepRow row = merged(DRIFTING);
    // Fork 1: 1/0.5, 1.3/0.5, 2/1 -> 2; fork 2: 2.2, 2.4, 4.5 -> 2.4. The reference: 0.5 and 1.
    assertEquals(new ReferenceRatio(2.2, 2, 2.4, 0.75), row.latency().reference());
    assertEquals(2.2 * 0.75 * 2, row.latency().medianMs(), 1e-12, "times the multiplier");
    assertEquals(2 * 0.75 * 2, row.latency().ci95LowMs(), 1e-12);
    assertEquals(2.4 * 0.75 * 2, row.latency().ci95HighMs(), 1e-12);
    // Pooled per fork: 1 1 1 1.2 1.4 2 2 2 2 2 -> 1.7; 2.2 2.4 9 -> 2.4.
    assertEquals((1.7 + 2.4) / 2, row.latency().rawMs(), 1e-12);
    assertEquals(row.latency().medianMs() * 5 / 1000, row.energy().proxyJ(), 1e-15);
  }

  @Test
  void theReferenceIsTheMedianOverTheSweepAtThatManyThreads() throws IOException {
    String reference = metric("reference", "ms/op", "[[0.1],[0.3]]");
    List<SweepRow> rows =
        merge(
            BudgetMetric.MODEL_MEMORY_MB,
            latency(1, 1, "[[[[1.0,1]]],[[[3.0,1]]]]", reference),
            latency(8, 1, "[[[[8.0,1]]]]", metric("reference", "us/op", "[[800]]")),
            latency(1, 2, "[[[[1.0,1]]]]", metric("reference", "ms/op", "[[0.5]]")));
    assertEquals(
        List.of(0.3, 0.5, 0.3),
        rows.stream().map(row -> row.latency().reference().referenceMs()).toList());
    assertEquals(10 * 0.3 * 2, rows.get(0).latency().medianMs(), 1e-12);
    assertEquals(10 * 0.3 * 2, rows.get(2).latency().medianMs(), 1e-12);
    assertEquals(Double.NaN, rows.get(2).latency().reference().ci95Low(), "one fork");
  }

  @Test
  void withoutAReferenceLatencyIsTheRawMedian() throws IOException {
    SweepRow row = merged(latency(1, 1, "[[[[1.0,1]]],[[[3.0,1]]]]", ""));
    assertEquals(ReferenceRatio.ABSENT, row.latency().reference());
    assertEquals(4, row.latency().medianMs());
    assertEquals(2, row.latency().ci95LowMs());
    assertEquals(6, row.latency().ci95HighMs());
  }

  @Test
  void refusesAReferenceThatLeavesIterationsOut() {
    String two = "[[[[1.0,1]],[[1.0,1]]]]";
    for (String raw : List.of("[[0.5]]", "[[0.5,\"NaN\"]]", "[[0.5,0]]", "[[0.5,0.5],[0.5,0.5]]")) {
      String entry = latency(1, 1, two, metric("reference", "ms/op", raw));
      String message = assertThrows(IOException.class, () -> merged(entry)).getMessage();
      assertTrue(message.contains("jmh.json: entry 0"), message);
      assertTrue(message.contains("expected a time for every measured iteration"), message);
    }
  }

  @Test
  void memoryComesFromColdStartsWhichNeverLoadTheReference() throws IOException {
    String cold =
        entry(
            "ColdStartBenchmark.loadAndFirstInference",
            "ss",
            1,
            1,
            "\"scoreUnit\":\"ms/op\",\"rawData\":[[120],[100],[140]]",
            String.join(
                ",",
                metric("load", "ms", "[[50],[40],[60]]"),
                metric("rss.peak", "MiB", "[[440],[460],[470]]"),
                metric("rss.model", "MiB", "[[4],[5],[6]]"),
                metric("rss.growth", "KiB per 1000 calls", "[[-1],[0.5],[3]]")));
    String warm =
        latency(
            1,
            1,
            "[[[[1.0,1]]]]",
            metric("rss.peak", "MiB", "[[900]]") + "," + metric("load", "ms", "[[9]]"));
    ResidentMemory resident = new ResidentMemory(460, 5, 0.5);
    assertEquals(resident, merged(warm, cold).memory().resident());
    assertEquals(resident, merged(cold, warm).memory().resident());
    assertEquals(new Startup(240, 200, 280, 100), merged(warm, cold).startup());
    assertEquals(900, merged(warm).memory().resident().peakMb());
    assertEquals(18, merged(warm).startup().modelLoadMs());
    SweepRow judged = merge(BudgetMetric.PEAK_RSS_MB, warm, cold).get(0);
    assertEquals(false, judged.accepted(), "460 MiB are more than 450");
  }

  @Test
  void throughputIsSamplesPerSecondOfCallsBackToBack() throws IOException {
    String throughput =
        entry(
            "InferenceBenchmark.forward",
            "thrpt",
            4,
            1,
            "\"scoreUnit\":\"ops/s\",\"rawData\":[[100,200,600,1000],[50]]",
            "");
    SweepRow row = merged(latency(4, 1, "[[[[1.0,1]]]]", ""), throughput);
    assertEquals(4 * (400 + 50) / 2.0, row.load().throughputSps(), 1e-9);
    assertEquals(2000, row.throughputSps(), 1e-9, "of the latency, with its multiplier");
  }

  @Test
  void energyIsThatOfOneInferenceAndNamesItsSensor() throws IOException {
    String energy =
        entry(
            "EnergyBenchmark.forward",
            "avgt",
            4,
            1,
            "\"scoreUnit\":\"ms/op\",\"rawData\":[[1,1,1],[1,1]]",
            String.join(
                ",",
                metric("energy@rapl:package-0", "J/op", "[[0.4,0.8,4],[0.4]]"),
                metric("energy.net@rapl:package-0", "J/op", "[[0.2,0.4,2],[0.2]]"),
                metric("window.start", "s", "[[1,2,3],[4,5]]")));
    SweepRow row = merged(latency(4, 1, "[[[[1.0,1]]]]", ""), energy);
    assertEquals(0.15, row.energy().measuredJ(), 1e-15);
    assertEquals(0.075, row.energy().netJ(), 1e-15);
    assertEquals("rapl:package-0", row.energy().source());
    assertEquals(5 * 2e-3 / 4, row.energy().proxyJ(), 1e-15);
    SweepRow without = merged(latency(4, 1, "[[[[1.0,1]]]]", ""));
    assertEquals(new Energy(5 * 2e-3 / 4, Double.NaN, Double.NaN, ""), without.energy());
  }

  /** A meter that shows 10 W and, from second 50 on, 14 W, its clock 100 s ahead. */
  private MeterLog meterLog() throws IOException {
    StringBuilder log = new StringBuilder("timestamp,watts\n");
    for (int tenths = 0; tenths < 1000; tenths++) {
      log.append((1100 + tenths / 10.0) + "," + (tenths < 500 ? 10 : 14) + "\n");
    }
    return MeterLog.read(Files.writeString(folder.resolve("wall.csv"), log));
  }

  @Test
  void anExternalMeterTakesThePlaceOfTheForksSensors() throws IOException {
    // Windows of 2 s: two at 10 W and one at 14 W, a fourth behind the end of the log.
    String energy =
        entry(
            "EnergyBenchmark.forward",
            "avgt",
            4,
            1,
            "\"scoreUnit\":\"ms/op\",\"rawData\":[[2.0,4.0,2.0],[2.0]]",
            String.join(
                ",",
                metric("energy@hwmon:ina", "J/op", "[[9,9,9],[9]]"),
                metric("window.start", "s since 1970", "[[1010,1020,1060],[1099]]"),
                metric("window.end", "s since 1970", "[[1012,1022,1062],[1101]]")));
    Path target = folder.resolve("metered.csv");
    Meter meter = new Meter(meterLog(), 100, 6);
    MergeFiles.Summary summary =
        merge(
            BudgetMetric.MODEL_MEMORY_MB,
            Map.of(),
            Optional.of(meter),
            target,
            latency(4, 1, "[[[[1.0,1]]]]", ""),
            energy);
    SweepRow row = SweepTable.read(target).rows().get(0);
    // Per call 0.020, 0.040 and 0.028 J gross, 0.008, 0.016 and 0.016 J net.
    assertEquals(0.028 / 4, row.energy().measuredJ(), 1e-6);
    assertEquals(0.016 / 4, row.energy().netJ(), 1e-6);
    assertEquals("meter:wall.csv", row.energy().source());
    String problem = summary.meterProblem().orElseThrow();
    assertTrue(problem.startsWith("wall.csv: 1 of 4 windows have no energy; the first: "), problem);
  }

  @Test
  void saysThatThereIsNothingToLookUp() throws IOException {
    MergeFiles.Summary summary =
        merge(
            BudgetMetric.MODEL_MEMORY_MB,
            Map.of(),
            Optional.of(new Meter(meterLog(), 0, Double.NaN)),
            folder.resolve("metered.csv"),
            latency(4, 1, "[[[[1.0,1]]]]", ""));
    assertEquals(
        Optional.of("wall.csv: no energy benchmark has a window to look up"),
        summary.meterProblem());
  }

  @Test
  void responseTimesAreThoseOfTheOpenLoop() throws IOException {
    String openLoop =
        entry(
            "OpenLoopBenchmark.respond",
            "thrpt",
            1,
            1,
            "\"scoreUnit\":\"ops/s\",\"rawData\":[[50],[50]]",
            String.join(
                ",",
                metric("response.p50", "ms", "[[2],[4]]"),
                metric("response.p90", "ms", "[[5],[7]]"),
                metric("response.p99", "ms", "[[9]]"),
                metric("response.max", "ms", "[[11],[12]]")));
    SweepRow row = merged(latency(1, 1, "[[[[1.0,1]]]]", ""), openLoop);
    assertEquals(
        new ResponseTime(50, new Percentiles(3, 6, Double.NaN, 9, Double.NaN)),
        row.load().response());
  }

  @Test
  void saysHowManyForksWereDisturbed() throws IOException {
    String jmh = latency(1, 1, "[[[[1.0,2]]],[[[3.0,1]]]]", "");
    Map<Cell, Integer> disturbed = Map.of(new Cell(VARIANT, 1, 1), 1);
    SweepRow row = merge(BudgetMetric.MODEL_MEMORY_MB, disturbed, jmh).get(0);
    assertEquals(new Evidence(2, 3, OptionalInt.of(1)), row.evidence());
    assertEquals(new Evidence(2, 3, OptionalInt.empty()), merged(jmh).evidence());
  }

  @Test
  void refusesASecondEntryOfAKind() {
    String once = latency(1, 1, "[[[[1.0,1]]]]", "");
    String message = assertThrows(IOException.class, () -> merged(once, once)).getMessage();
    assertTrue(message.contains("entry 1"), message);
    assertTrue(message.contains("repeats an earlier entry"), message);
  }
}
