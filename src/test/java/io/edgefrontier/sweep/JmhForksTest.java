package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real JMH forks on a real engine, as short as they can be. */
class JmhForksTest {
  private static final Shape SAMPLE = Shape.of(1, 8, 8);

  @TempDir private Path folder;
  private Path variants;
  private Path output;

  /**
   * fp32 works at both levels. At 0.5, bf16 differs from its checksum and fp16 could not be made;
   * at 0.75, fp32 is no archive.
   */
  @BeforeEach
  void makeVariants() throws Exception {
    variants = folder.resolve("variants");
    output = folder.resolve("run");
    Files.createDirectories(variants);
    Path archive = variants.resolve("net.pt");
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", SAMPLE, 10, 1), archive);
    String sha256 = sha256(archive);
    Path noArchive = Files.writeString(variants.resolve("no.pt"), "no archive");
    ManifestTable.TABLE.write(
        variants.resolve("variants.csv"),
        List.of(
            made(0.0, Precision.FP32, "net.pt", sha256),
            made(0.5, Precision.FP32, "net.pt", sha256),
            made(0.5, Precision.BF16, "net.pt", "0".repeat(64)),
            made(0.75, Precision.FP32, "no.pt", sha256(noArchive)),
            ManifestEntry.failed(new Variant("mlp", 0.5, Precision.FP16), "no fp16 kernels")));
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
    assertEquals(3 + 6, outcome.forksRun() - outcome.disturbedForks());

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
  void timesTheReferenceBesideTheVariantAndCountsThroughput() throws Exception {
    Grid grid = new Grid("mlp", List.of(0.0), List.of(Precision.FP32), List.of(1), List.of(1));
    Iterations slices = Iterations.of(5, 10);
    Iterations windows = Iterations.of(1, 100);
    ForkSettings settings =
        new ForkSettings(
            slices,
            slices,
            windows,
            windows,
            Duration.ofMinutes(1),
            true,
            OptionalDouble.empty(),
            Optional.empty(),
            JvmArguments.INHERITED);
    Effort effort = new Effort(1, 1, 0, Optional.empty(), 0, 1, 0, 0);
    SweepOutcome outcome = sweep(grid, effort, settings);

    assertEquals(List.of(), outcome.failures());
    JsonArray results = read(outcome.jmhJson()).getAsJsonArray();
    assertEquals("thrpt", results.get(0).getAsJsonObject().get("mode").getAsString());
    JsonObject latency = results.get(1).getAsJsonObject();
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
            .findFirst()
            .orElseThrow();
    assertEquals(ratios[2], line.get("latency_ratio").getAsDouble(), 1e-12);
    assertEquals(ratios[2], line.get("score").getAsDouble(), 1e-12);
    assertTrue(line.get("reference_ms").getAsDouble() > 0);
    assertTrue(line.get("load_ms").getAsDouble() > 0);
    assertTrue(Files.exists(output.resolve("forks/mlp-p0.0-fp32-b1-t1-throughput-1.json")));
  }

  @Test
  void putsRealForksTogetherAsJmhDoes() throws Exception {
    Path file = folder.resolve("out.json");
    List<String> arguments =
        List.of(
            ("InferenceBenchmark -p precision=fp32 -p pruningLevel=0 -f 2 -wi 1 -w 10ms -i 3 -r"
                 + " 10ms -jvmArgsAppend -Dedgefrontier.reference=true -prof"
                 + " io.edgefrontier.bench.ForkFactsProfiler -rf json -rff "
                    + file)
                .split(" ", -1));
    assertEquals(0, printing(() -> JmhCommand.run(arguments, variants)).code());

    JsonObject secondary =
        read(file).getAsJsonArray().get(0).getAsJsonObject().getAsJsonObject("secondaryMetrics");
    assertTrue(secondary.has("reference"), secondary.toString());
    SplitForks.assertPutTogetherAgain(file, folder);
  }

  @Test
  void takesJmhsOwnOptions() throws Exception {
    Path file = folder.resolve("out.json");
    List<String> arguments =
        List.of(
            ("InferenceBenchmark -p precision=fp32 -p pruningLevel=0.50 -f 1 -wi 1 -w 50ms -i 1"
                    + " -r 100ms -jvmArgsPrepend -Duser.choice=1 -rf json -rff "
                    + file)
                .split(" ", -1));
    assertTrue(JmhCommand.needsVariants(arguments));
    assertEquals(0, printing(() -> JmhCommand.run(arguments, variants)).code());

    JsonObject result = read(file).getAsJsonArray().get(0).getAsJsonObject();
    assertEquals(
        "io.edgefrontier.bench.InferenceBenchmark.forward", result.get("benchmark").getAsString());
    assertEquals("0.50", result.getAsJsonObject("params").get("pruningLevel").getAsString());
    String jvmArguments = result.getAsJsonArray("jvmArgs").toString();
    assertTrue(jvmArguments.contains("-Duser.choice=1"), jvmArguments);
    assertTrue(jvmArguments.contains("-Dai.djl.offline=true"), jvmArguments);
  }

  @Test
  void tellsJmhsFailuresByTheExitCode() throws Exception {
    List<String> absent =
        List.of("InferenceBenchmark", "-p", "precision=int8", "-p", "pruningLevel=0.5", "-f", "1");
    assertEquals(1, printing(() -> JmhCommand.run(absent, variants)).code());
    assertEquals(2, printing(() -> JmhCommand.run(List.of("-bogus"), variants)).code());
    assertEquals(2, printing(() -> JmhCommand.run(List.of("NoSuchThing"), variants)).code());
  }

  @Test
  void listsWithoutVariants() throws Exception {
    for (String question : List.of("-l", "-lp", "-lprof", "-lrf", "-h")) {
      assertFalse(JmhCommand.needsVariants(List.of(question)), question);
    }
    assertFalse(JmhCommand.needsVariants(List.of("-bogus")));
    Printed list = printing(() -> JmhCommand.run(List.of("-lp", "Cold"), folder.resolve("none")));
    assertEquals(0, list.code());
    assertTrue(list.text().contains("ColdStartBenchmark.loadAndFirstInference"), list.text());
    Printed profilers = printing(() -> JmhCommand.run(List.of("-lprof"), folder));
    assertTrue(profilers.text().contains("io.edgefrontier.bench.ForkFactsProfiler"));
    assertTrue(list.text().contains("param \"precision\" = {fp32, bf16, fp16, int8}"), list.text());
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

  private static ManifestEntry made(double level, Precision precision, String file, String sha256) {
    return ManifestEntry.made(
        new Variant("mlp", level, precision),
        new Archive(file, sha256, 1, SAMPLE.dims(), 1, 1, 1, 1));
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

  private static JsonElement read(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file));
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  private record Printed(int code, String text) {}

  private interface Command {
    int run() throws IOException;
  }

  private static Printed printing(Command command) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream target = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    DivertedStreams diverted = new DivertedStreams(target);
    try (diverted) {
      return new Printed(command.run(), bytes.toString(StandardCharsets.UTF_8));
    }
  }
}
