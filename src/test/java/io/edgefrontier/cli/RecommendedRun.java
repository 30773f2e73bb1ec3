package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.Statistics;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Evidence;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.Memory;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.result.UnderLoad;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Sha256;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A finished run of four variants at two batch sizes, written by the run's own formats: real
 * archives, made-up figures.
 *
 * @param results the output folder
 * @param path the run's folder
 */
record RecommendedRun(Path results, Path path) {
  private static final Shape IMAGE = Shape.of(1, 8, 8);
  private static final int SAMPLES = 360;
  private static final double ACTIVE_MB = 0.15;

  /** Writes the run; its network has this name. */
  static RecommendedRun write(Path folder, String model) throws IOException {
    Path results = folder.resolve("results");
    Path path = results.resolve("runs/0a1b2c3d/20260101T000000Z-01234567");
    Files.createDirectories(path.resolve("variants"));
    Files.writeString(path.resolve("jmh.json"), "[]");
    Files.writeString(
        path.resolve("config.yaml"),
        "active_memory_budget_mb: 0.15\nmemory_budgets_mb: '0.05,0.15'\nbatch_sizes: '1,4'\n");
    List<ManifestEntry> manifest = new ArrayList<>();
    List<SweepRow> rows = new ArrayList<>();
    add(path, manifest, rows, new Variant(model, 0, Precision.FP32), 1.0, 355, 0.3);
    add(path, manifest, rows, new Variant(model, 0, Precision.INT8), 0.5, 354, 0.08);
    add(path, manifest, rows, new Variant(model, 0.5, Precision.FP32), 0.4, 330, 0.1);
    add(path, manifest, rows, new Variant(model, 0.5, Precision.INT8), 0.25, 300, 0.03);
    ManifestTable.TABLE.write(path.resolve("variants.csv"), manifest);
    new SweepTable(List.of(0.05, 0.15), rows).write(path.resolve("sweep_results.csv"));
    RecommendedRun run = new RecommendedRun(results, path);
    assertEquals(0, Execution.of("frontier", "--run", path.toString()).exitCode());
    return run;
  }

  private static void add(
      Path path,
      List<ManifestEntry> manifest,
      List<SweepRow> rows,
      Variant variant,
      double ms,
      int correct,
      double memoryMb)
      throws IOException {
    String name = "variants/" + manifest.size() + ".pt";
    Path file = path.resolve(name);
    TorchScriptWriter.write(
        BuiltInNetworks.create("SmallCNN", IMAGE, 3, manifest.size() + 1), file);
    Archive archive =
        new Archive(
            name,
            Sha256.of(file),
            Files.size(file),
            List.of(1, 8, 8),
            1000,
            1000,
            (long) (memoryMb * (1 << 20)),
            1000);
    manifest.add(ManifestEntry.made(variant, archive));
    rows.add(row(new Cell(variant, 1, 1), ms, correct, memoryMb, archive));
    rows.add(row(new Cell(variant, 4, 1), ms * 3, correct, memoryMb, archive));
  }

  private static SweepRow row(Cell cell, double ms, int correct, double memoryMb, Archive archive) {
    Interval interval = Statistics.wilson(correct, SAMPLES);
    return new SweepRow(
        cell,
        memoryMb <= ACTIVE_MB,
        "",
        ACTIVE_MB,
        new Accuracy(
            (double) correct / SAMPLES,
            interval.low(),
            interval.high(),
            (correct - 355) / (double) SAMPLES,
            1),
        new Latency(
            ms, ReferenceRatio.ABSENT, ms, ms * 0.98, ms * 1.02, ms, 0.01, Percentiles.ABSENT),
        Startup.ABSENT,
        UnderLoad.ABSENT,
        new Memory(memoryMb, 0.01, ResidentMemory.ABSENT),
        new Energy(ms * 5 / 1000 / cell.batchSize(), Double.NaN, Double.NaN, ""),
        Optional.of(archive),
        List.of(Optional.of(memoryMb > 0.05), Optional.of(memoryMb > 0.15)),
        new Evidence(6, 1000, OptionalInt.empty()));
  }

  /** Returns the row of a run whose accuracies were not compared with a baseline's. */
  static SweepRow withoutComparison(SweepRow row) {
    Accuracy known = row.accuracy();
    return with(
        row, new Accuracy(known.top1(), known.ci95Low(), known.ci95High(), Double.NaN, Double.NaN));
  }

  static SweepRow with(SweepRow row, Accuracy accuracy) {
    return new SweepRow(
        row.cell(),
        row.accepted(),
        row.error(),
        row.activeBudgetMb(),
        accuracy,
        row.latency(),
        row.startup(),
        row.load(),
        row.memory(),
        row.energy(),
        row.archive(),
        row.violations(),
        row.evidence());
  }

  /** Writes the table anew with each row changed. */
  void change(UnaryOperator<SweepRow> change) throws IOException {
    SweepTable table = SweepTable.read(path.resolve("sweep_results.csv"));
    new SweepTable(table.budgetsMb(), table.rows().stream().map(change).toList())
        .write(path.resolve("sweep_results.csv"));
  }

  /** Runs {@code recommend} on it. */
  Execution recommend(String... options) {
    List<String> words = new ArrayList<>(List.of("recommend", path.toString()));
    words.addAll(List.of(options));
    return Execution.of(words.toArray(String[]::new));
  }
}
