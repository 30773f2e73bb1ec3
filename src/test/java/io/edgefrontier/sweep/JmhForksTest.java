package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.result.Cell;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real JMH forks on a real engine, as short as they can be. */
class JmhForksTest {

  @TempDir private Path folder;
  private Path variants;
  private Path output;

  @BeforeEach
  void makeVariants() throws IOException {
    variants = folder.resolve("variants");
    output = folder.resolve("run");
    MlpVariants.make(variants);
  }

  @Test
  void measuresTheOthersWhenCellsFail() throws Exception {
    Grid grid =
        new Grid(
            "mlp",
            List.of(0.5),
            List.of(Precision.FP32, Precision.BF16, Precision.FP16, Precision.INT8),
            List.of(3),
            List.of(1));
    SweepOutcome outcome = sweep(grid, Effort.fixed(2, 1), settings(Duration.ofMinutes(1)));

    assertEquals(List.of(), outcome.failures().stream().filter(f -> isFp32(f.cell())).toList());
    assertTrue(reason(outcome, Precision.BF16).contains("variants.csv says 0000"));
    assertEquals(
        "mlp-p0.5-fp16 could not be made: no fp16 kernels", reason(outcome, Precision.FP16));
    assertTrue(
        reason(outcome, Precision.INT8)
            .endsWith(
                "it has: mlp-p0.0-fp32, mlp-p0.5-fp32, mlp-p0.5-bf16, mlp-p0.75-fp32,"
                    + " mlp-p0.5-fp16"));
    assertEquals(6, outcome.failedForks());
    assertEquals(2, outcome.latencyForks().get(grid.cells().get(0)));

    JsonArray results = read(output.resolve("jmh.json")).getAsJsonArray();
    assertEquals(2, results.size());
    JsonObject latency = results.get(0).getAsJsonObject();
    assertEquals("sample", latency.get("mode").getAsString());
    assertEquals(2, latency.get("forks").getAsInt());
    assertEquals("3", latency.getAsJsonObject("params").get("batchSize").getAsString());
    assertEquals(
        2, latency.getAsJsonObject("primaryMetric").getAsJsonArray("rawDataHistogram").size());
    assertOneValuePerFork(latency, "load", 2);
    assertOneValuePerFork(latency, "rss.peak", 2);
    assertOneValuePerFork(results.get(1).getAsJsonObject(), "load", 1);

    assertEquals(outcome.forksRun(), Files.readAllLines(output.resolve("forks.jsonl")).size());
    assertTrue(Files.exists(output.resolve("forks/mlp-p0.5-fp32-b3-t1-2.json")));
    String conditions = Files.readString(output.resolve("sweep.json"));
    assertTrue(conditions.contains("\"libtorch version\": \"2."), conditions);
  }

  @Test
  void namesTheArchiveThatTheEngineRefuses() throws Exception {
    Grid grid = new Grid("mlp", List.of(0.75), List.of(Precision.FP32), List.of(1), List.of(1));
    SweepOutcome outcome = sweep(grid, Effort.fixed(2, 0), settings(Duration.ofMinutes(1)));

    String reason = reason(outcome, Precision.FP32);
    assertTrue(reason.contains("no.pt: the engine cannot load it"), reason);
    assertEquals(2, outcome.forksRun());
    assertTrue(Files.exists(output.resolve("forks/mlp-p0.75-fp32-b1-t1-2.log")));
  }

  @Test
  void endsAForkThatTakesTooLong() throws Exception {
    Grid grid = new Grid("mlp", List.of(0.0), List.of(Precision.FP32), List.of(1), List.of(1));
    SweepOutcome outcome = sweep(grid, Effort.fixed(1, 0), settings(Duration.ofMillis(300)));

    assertEquals("no result within 0.3 s; the fork was ended", outcome.failures().get(0).reason());
    assertEquals(List.of(), ProcessHandle.current().children().toList());
    assertEquals(0, read(output.resolve("jmh.json")).getAsJsonArray().size());
  }

  @Test
  void runsForksOfEveryKind() throws Exception {
    Grid grid = new Grid("mlp", List.of(0.0), List.of(Precision.FP32), List.of(1), List.of(1));
    Iterations slices = Iterations.of(5, 10);
    Iterations windows = Iterations.of(1, 100);
    ForkSettings settings =
        new ForkSettings(
            slices,
            slices,
            windows,
            windows,
            1,
            Duration.ofMinutes(1),
            true,
            OptionalDouble.of(500),
            Optional.of(new EnergySettings("none", Path.of("/"), OptionalDouble.empty())),
            JvmArguments.INHERITED);
    Effort effort = new Effort(1, 1, 0, Optional.empty(), 1, 1, 1, 1);
    SweepOutcome outcome = sweep(grid, effort, settings);

    assertEquals(List.of(), outcome.failures());
    JsonArray results = read(outcome.jmhJson()).getAsJsonArray();
    assertEquals(
        List.of(
            "thrpt InferenceBenchmark.forward",
            "thrpt OpenLoopBenchmark.respond",
            "avgt EnergyBenchmark.forward",
            "sample InferenceBenchmark.forward",
            "ss ColdStartBenchmark.loadAndFirstInference"),
        benchmarks(results));
    assertTrue(secondary(results, 1).has("response.p50"), "open loop");
    assertTrue(secondary(results, 2).has("window.start"), "energy");
    assertTrue(secondary(results, 4).has("rss.model"), "cold start");
    JsonObject latency = results.get(3).getAsJsonObject();
    JsonArray references =
        latency
            .getAsJsonObject("secondaryMetrics")
            .getAsJsonObject("reference")
            .getAsJsonArray("rawData")
            .get(0)
            .getAsJsonArray();
    JsonArray medians =
        latency
            .getAsJsonObject("secondaryMetrics")
            .getAsJsonObject("p0.50")
            .getAsJsonArray("rawData")
            .get(0)
            .getAsJsonArray();
    double[] ratios = new double[5];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = medians.get(i).getAsDouble() / references.get(i).getAsDouble();
    }
    Arrays.sort(ratios);
    JsonObject line =
        Files.readAllLines(output.resolve("forks.jsonl")).stream()
            .map(text -> JsonParser.parseString(text).getAsJsonObject())
            .filter(journalled -> journalled.get("kind").getAsString().equals("latency"))
            .filter(journalled -> journalled.get("used").getAsBoolean()) // a repeat may have won
            .findFirst()
            .orElseThrow();
    assertEquals(ratios[2], line.get("latency_ratio").getAsDouble(), 1e-12);
    assertEquals(ratios[2], line.get("score").getAsDouble(), 1e-12);
    assertTrue(line.get("reference_ms").getAsDouble() > 0);
    assertTrue(line.get("load_ms").getAsDouble() > 0);
    assertTrue(Files.exists(output.resolve("forks/mlp-p0.0-fp32-b1-t1-throughput-1.json")));
  }

  @Test
  void severalCallersCallInTheForksThatTimeCalls() throws Exception {
    Grid grid = new Grid("mlp", List.of(0.0), List.of(Precision.FP32), List.of(1), List.of(1));
    Iterations slices = Iterations.of(3, 10);
    Iterations windows = Iterations.of(1, 100);
    ForkSettings settings =
        new ForkSettings(
            slices,
            slices,
            windows,
            windows,
            2,
            Duration.ofMinutes(1),
            true,
            OptionalDouble.of(500),
            Optional.of(new EnergySettings("none", Path.of("/"), OptionalDouble.empty())),
            JvmArguments.INHERITED);
    SweepOutcome outcome = sweep(grid, new Effort(1, 1, 0, Optional.empty(), 1, 1, 1, 1), settings);

    assertEquals(List.of(), outcome.failures());
    JsonArray results = read(outcome.jmhJson()).getAsJsonArray();
    Map<String, Integer> callers = new TreeMap<>();
    for (JsonElement result : results) {
      JsonObject entry = result.getAsJsonObject();
      String benchmark = entry.get("benchmark").getAsString();
      callers.put(
          entry.get("mode").getAsString()
              + " "
              + benchmark.substring(benchmark.lastIndexOf('.') + 1),
          entry.get("threads").getAsInt());
    }
    assertEquals(
        Map.of(
            "thrpt forward", 2,
            "thrpt respond", 1,
            "avgt forward", 2,
            "sample forward", 2,
            "ss loadAndFirstInference", 1),
        callers);
    assertTrue(secondary(results, 4).has("rss.model"), "memory is that of one caller");
    assertFalse(secondary(results, 0).has("rss.model"));
    assertTrue(secondary(results, 3).has("reference"));
    assertTrue(
        Files.readString(output.resolve("sweep.json")).contains("\"option callers\": \"2\""));
  }

  private SweepOutcome sweep(Grid grid, Effort effort, ForkSettings settings) throws IOException {
    SweepPlan plan =
        new SweepPlan(
            variants,
            output,
            grid,
            effort,
            settings,
            Ranking.UNKNOWN,
            LaunchPrefix.NONE,
            1,
            Set.of());
    return Sweep.run(plan, SweepProgress.SILENT);
  }

  private static ForkSettings settings(Duration timeout) {
    return ForkSettings.plain(Iterations.of(1, 50), Iterations.of(2, 50), timeout);
  }

  private static boolean isFp32(Cell cell) {
    return cell.variant().precision() == Precision.FP32;
  }

  private static String reason(SweepOutcome outcome, Precision precision) {
    return outcome.failures().stream()
        .filter(failure -> failure.cell().variant().precision() == precision)
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private static void assertOneValuePerFork(JsonObject result, String metric, int forks) {
    JsonObject found = result.getAsJsonObject("secondaryMetrics").getAsJsonObject(metric);
    JsonArray perFork = found.getAsJsonArray("rawData");
    assertEquals(forks, perFork.size());
    double sum = 0;
    for (int i = 0; i < forks; i++) {
      assertEquals(1, perFork.get(i).getAsJsonArray().size());
      sum += perFork.get(i).getAsJsonArray().get(0).getAsDouble();
    }
    assertEquals(sum / forks, found.get("score").getAsDouble(), 1e-9);
    assertTrue(sum > 0);
  }

  private static List<String> benchmarks(JsonArray results) {
    return results.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(
            result ->
                result.get("mode").getAsString()
                    + result.get("benchmark").getAsString().replaceFirst(".*bench\\.", " "))
        .toList();
  }

  private static JsonObject secondary(JsonArray results, int index) {
    return results.get(index).getAsJsonObject().getAsJsonObject("secondaryMetrics");
  }

  private static JsonElement read(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file));
  }
}
