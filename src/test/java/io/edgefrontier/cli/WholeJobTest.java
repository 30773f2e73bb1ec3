package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.CellError;
import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a small network, with real forks; then its stages, one by one, on that run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeJobTest {
  @TempDir private static Path folder;

  private static Execution job;

  @BeforeAll
  static void run() {
    job =
        Execution.of(
            "--run=" + folder,
            "--model=mlp",
            "--pruning-levels=0,0.5",
            "--precisions=fp32,int8",
            "--memory-budgets-mb=0.2,1.0",
            "--active-memory-budget-mb=1.0",
            "--calibration-batches=1",
            "--val-subset=100",
            "--benchmark-repeats=1",
            "--benchmark-warmup=1",
            "--benchmark-iterations=5",
            "--benchmark-time=20ms",
            "--benchmark-warmup-time=50ms",
            "--cold-start-repeats=0",
            "--profile-layers");
  }

  @Test
  @Order(1)
  void endsWithATableARecommendationAndAllFiles() throws IOException {
    assertEquals(0, job.exitCode(), job.err());
    assertTrue(job.out().contains("Ship mlp-p"), job.out());
    assertTrue(job.out().contains("Archive: " + folder + "/variants/mlp-p"), job.out());
    for (String file :
        List.of(
            "base.pt",
            "config.yaml",
            "variants.csv",
            "layers.csv",
            "jmh.json",
            "accuracy.csv",
            "predictions.csv",
            "sweep_results.csv",
            "sweep_errors.csv",
            "pareto_frontier_latency.csv",
            "pareto_frontier_energy.csv",
            "pareto_frontier_memory.csv",
            "precision_tradeoffs.csv",
            "hardware_summary.csv",
            "environment.json",
            "summary.json",
            "README.md",
            "frontier_latency_light.svg",
            "frontier_latency_dark.svg",
            "frontier_latency_dark.png",
            "frontier_size_light.svg",
            "report.html")) {
      assertTrue(Files.size(folder.resolve(file)) > 0, file);
    }
  }

  @Test
  @Order(1)
  void environmentTellsTheHarnessOverhead() throws IOException {
    JsonObject facts = JsonObjectFile.read(folder.resolve("environment.json"));
    // A single call of mlp takes some 20 us; what is around it cannot take a millisecond.
    assertEquals(0, facts.get("harness_overhead_us").getAsDouble(), 1000);
    assertTrue(facts.get("harness_overhead_pairs").getAsInt() > 10, facts.toString());
    assertEquals("mlp-p0.0-fp32 at batch size 1", facts.get("harness_overhead_of").getAsString());
    assertFalse(facts.has("harness_overhead_archive_sha256"), "not a fact of the environment");
    String page = Files.readString(folder.resolve("README.md"));
    assertTrue(page.contains("harness overhead us"), page);
  }

  @Test
  @Order(2)
  void everyRowHasTheFiguresOfTheArchiveThatShips() throws IOException {
    List<SweepRow> rows = SweepTable.read(folder.resolve("sweep_results.csv")).rows();
    assertEquals(4, rows.size());
    for (SweepRow row : rows) {
      assertEquals("", row.error());
      assertTrue(row.latency().medianMs() > 0);
      assertTrue(row.accuracy().top1() > 0);
      Path archive = folder.resolve("variants/" + row.cell().variant().id() + ".pt");
      assertEquals(Sha256.of(archive), row.archive().orElseThrow().sha256());
      assertEquals(Files.size(archive), row.archive().orElseThrow().bytes());
    }
    SweepRow fp32 = rows.get(0);
    assertTrue(fp32.memory().modelMb() > 0.2, "mlp in fp32 is larger than the first budget");
    assertEquals(List.of(true, false), fp32.violations().stream().map(v -> v.get()).toList());
  }

  @Test
  @Order(2)
  void everyLayerHasItsOperatorsAndTheirTime() throws IOException {
    List<LayerRow> layers = LayerRow.TABLE.read(folder.resolve("layers.csv"));
    // fp32 fuses two activations into their layers.
    assertEquals(2 * (4 + 6), layers.size());
    for (LayerRow layer : layers) {
      assertTrue(layer.expression().contains("::"), layer::toString);
      assertTrue(layer.serviceTimeUs() > 0, layer::toString);
    }
    assertTrue(
        job.err().contains("profile mlp-p0.5-int8: 6 operators take "), "its sum stands beside it");
  }

  @Test
  @Order(3)
  void pruningAndInt8MakeTheModelSmaller() throws IOException {
    List<ManifestEntry> manifest = ManifestTable.TABLE.read(folder.resolve("variants.csv"));
    long[] bytes =
        manifest.stream().mapToLong(e -> e.archive().orElseThrow().modelBytes()).toArray();
    assertTrue(bytes[1] < bytes[0] / 3, "int8 against fp32");
    assertTrue(bytes[2] < bytes[0] * 0.6, "half the channels against all");
    assertTrue(bytes[3] < bytes[2] / 3, "int8 against fp32, both pruned");
  }

  @Test
  @Order(4)
  void jmhTakesItsOwnArgumentsOnTheRunsVariants() throws IOException {
    Path out = folder.resolve("out.json");
    System.setProperty("edgefrontier.variants", folder.toString());
    try {
      int exitCode =
          Main.run(
              ("InferenceBenchmark -p precision=int8 -p pruningLevel=0.5 -f 1 -wi 0 -i 1 -r 50ms"
                      + " -rf json -rff "
                      + out)
                  .split(" "));
      assertEquals(0, exitCode);
    } finally {
      System.clearProperty("edgefrontier.variants");
    }
    assertTrue(Files.readString(out).contains("\"precision\" : \"int8\""));
  }

  @Test
  @Order(5)
  void aBudgetThatNothingFitsGivesAnEmptyFrontierAndExitCode4() throws IOException {
    Execution merge = Execution.of("merge", "--run=" + folder, "--active-memory-budget-mb=1e-5");
    assertEquals(4, merge.exitCode(), merge.err());
    Execution frontier = Execution.of("frontier", "--run=" + folder);
    assertEquals(4, frontier.exitCode());
    assertTrue(frontier.err().contains("warning"), frontier.err());
    Path file = folder.resolve("pareto_frontier_latency.csv");
    assertEquals(1, Files.readAllLines(file).size(), "the header alone");
    assertEquals(List.of(), FrontierRow.read(file));
    Execution report = Execution.of("report", "--run=" + folder);
    assertTrue(report.out().contains("Nothing to ship"), report.out());
    assertTrue(report.out().contains("model_memory_mb <= 0.00001"), "the budget of the merge");
  }

  @Test
  @Order(6)
  void aDamagedArchiveFailsItsOwnRowOnly() throws IOException {
    ManifestEntry entry = ManifestTable.TABLE.read(folder.resolve("variants.csv")).get(3);
    Path archive = folder.resolve(entry.archive().orElseThrow().path());
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1; // the engine would load it and answer something else
    Files.write(archive, bytes);
    Execution accuracy = Execution.of("accuracy", "--run=" + folder);
    assertEquals(3, accuracy.exitCode());
    List<AccuracyRow> rows = AccuracyRow.TABLE.read(folder.resolve("accuracy.csv"));
    assertEquals(4, rows.size());
    assertTrue(rows.get(3).error().contains(archive.getFileName().toString()));
    assertEquals("", rows.get(0).error());

    Execution merge = Execution.of("merge", "--run=" + folder);
    assertEquals(3, merge.exitCode());
    List<CellError> errors = CellError.TABLE.read(folder.resolve("sweep_errors.csv"));
    assertEquals(1, errors.size());
    assertEquals(entry.variant(), errors.get(0).cell().variant());
    assertFalse(SweepTable.read(folder.resolve("sweep_results.csv")).rows().get(3).accepted());
  }

  @Test
  @Order(7)
  void benchMeasuresTheCellsThatJmhsParametersChoose() throws IOException {
    Execution refused = Execution.of("bench", "--run=" + folder, "-p", "precision=fp32");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("option precisions was [FP32, INT8], is"), refused.err());
    String flags = "bench --restart -p precision=fp32 -p pruningLevel=0.5 -p batchSize=2 -t 2";
    Execution bench = Execution.of((flags + " --run=" + folder).split(" "));
    assertEquals(0, bench.exitCode(), bench.err());
    Execution merge = Execution.of("merge", "--run=" + folder, "--active-memory-budget-mb=1");
    assertEquals(0, merge.exitCode(), merge.err());
    List<SweepRow> rows = SweepTable.read(folder.resolve("sweep_results.csv")).rows();
    assertEquals(1, rows.size());
    assertEquals(new Cell(new Variant("mlp", 0.5, Precision.FP32), 2, 1), rows.get(0).cell());
    String environment = Files.readString(folder.resolve("environment.json"));
    assertTrue(environment.contains("\"callers\": 2"), environment);
  }
}
