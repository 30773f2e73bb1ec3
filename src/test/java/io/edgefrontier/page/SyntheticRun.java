package io.edgefrontier.page;

import com.google.gson.Gson;
import io.edgefrontier.analysis.AccuracyBasis;
import io.edgefrontier.report.Axis;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.RunNotes;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Evidence;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.result.Memory;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.UnderLoad;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** A run whose figures are made up, with all the files that its page is made of. */
final class SyntheticRun {
  static final double ACTIVE_MB = 2;

  private final Random random = new Random(7);
  private final String model;
  private final List<SweepRow> rows = new ArrayList<>();
  private final List<LayerRow> layers = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  SyntheticRun(String model) {
    this.model = model;
  }

  /** Adds the cells of so many pruning levels at these batch sizes. */
  SyntheticRun withCells(int levels, int... batchSizes) {
    for (int batchSize : batchSizes) {
      for (int level = 0; level < levels; level++) {
        for (Precision precision : Precision.values()) {
          Variant variant = new Variant(model, (double) level / levels, precision);
          rows.add(row(new Cell(variant, batchSize, 1)));
        }
      }
    }
    return this;
  }

  SyntheticRun withFailedCell(String error) {
    Cell cell = new Cell(new Variant(model, 0.9375, Precision.FP32), 1, 1);
    rows.add(
        new SweepRow(
            cell,
            false,
            error,
            ACTIVE_MB,
            Accuracy.ABSENT,
            Latency.ABSENT,
            Startup.ABSENT,
            UnderLoad.ABSENT,
            Memory.ABSENT,
            Energy.ABSENT,
            Optional.empty(),
            List.of(Optional.empty()),
            Evidence.NONE));
    return this;
  }

  SyntheticRun withLayers(int count, String name) {
    rows.stream()
        .map(row -> row.cell().variant())
        .distinct()
        .forEach(
            variant -> {
              for (int i = 0; i < count; i++) {
                layers.add(
                    new LayerRow(
                        variant,
                        name + i,
                        "Conv2d",
                        List.of(16, 28, 28),
                        random.nextInt(1 << 16),
                        random.nextInt(1 << 18),
                        OptionalLong.of(random.nextInt(1 << 24)),
                        "aten::conv2d",
                        1000 * random.nextDouble()));
              }
            });
    return this;
  }

  SyntheticRun withFact(String name, String value) {
    environment.put(name, value);
    return this;
  }

  private SweepRow row(Cell cell) {
    double ms = 0.1 + 10 * random.nextDouble();
    double share = random.nextDouble();
    double modelMb = 4 * random.nextDouble();
    return new SweepRow(
        cell,
        modelMb <= ACTIVE_MB,
        "",
        ACTIVE_MB,
        new Accuracy(share, share - 0.0123456789012345, share + 0.0123456789012345, 0, 1),
        new Latency(
            ms,
            ReferenceRatio.ABSENT,
            ms,
            ms * 0.987654321,
            ms * 1.0123456789,
            ms,
            0.01,
            new Percentiles(ms, ms, ms, ms * 1.987654321, Double.NaN)),
        new Startup(100 + ms, 90 + ms, 110 + ms, 50),
        UnderLoad.ABSENT,
        new Memory(modelMb, 0.05, ResidentMemory.ABSENT),
        new Energy(ms * 5 / 1000, Double.NaN, Double.NaN, ""),
        Optional.of(
            new Archive(
                "variants/" + cell.variant().id() + ".pt",
                "ab".repeat(32),
                100_000,
                List.of(1, 28, 28),
                78_666,
                2_500_000,
                (long) (modelMb * (1 << 20)),
                50_000)),
        List.of(Optional.of(modelMb > 1)),
        new Evidence(5, 5000, OptionalInt.empty()));
  }

  Findings findings() {
    return new Findings(
        rows,
        "model_memory_mb",
        ACTIVE_MB,
        List.of(1.0),
        Map.of(Axis.LATENCY, Set.of()),
        Optional.empty(),
        "Ship " + model + ".",
        true);
  }

  RunNotes notes() {
    return new RunNotes(
        "Results",
        "java -jar benchmarks.jar --model " + model,
        environment,
        List.of(),
        Map.of("sweep_results.csv", "every cell"));
  }

  /** Writes jmh.json and forks.jsonl with so many forks and samples in a fork, and reads them. */
  RawFigures raw(Path folder, int forks, int samples) throws IOException {
    Path jmh = folder.resolve("jmh.json");
    Path journal = folder.resolve("forks.jsonl");
    List<Map<String, Object>> entries = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (SweepRow row : rows) {
      if (row.error().isEmpty() && forks > 0) {
        entries.add(entry(row, forks, samples));
        for (int fork = 1; fork <= forks; fork++) {
          lines.append(new Gson().toJson(line(row, fork))).append('\n');
        }
      }
    }
    Files.writeString(jmh, new Gson().toJson(entries));
    Files.writeString(journal, lines);
    return RawFigures.read(findings(), jmh, journal, layers, 1);
  }

  private Map<String, Object> entry(SweepRow row, int forks, int samples) {
    double ms = row.latency().medianMs();
    List<List<List<List<Number>>>> histograms = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      List<List<Number>> iteration = new ArrayList<>();
      for (int i = 0; i < samples; i++) {
        iteration.add(List.of(ms * Math.exp(0.2 * random.nextGaussian()), 1));
      }
      histograms.add(List.of(iteration));
    }
    Cell cell = row.cell();
    return Map.of(
        "benchmark",
        "io.edgefrontier.bench.InferenceBenchmark.forward",
        "mode",
        "sample",
        "params",
        Map.of(
            "model",
            model,
            "pruningLevel",
            String.valueOf(cell.variant().pruningLevel()),
            "precision",
            cell.variant().precision().label(),
            "batchSize",
            String.valueOf(cell.batchSize())),
        "primaryMetric",
        Map.of("score", ms, "scoreUnit", "ms/op", "rawDataHistogram", histograms));
  }

  private Map<String, Object> line(SweepRow row, int fork) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("cell", row.cell().variant().id() + "-b" + row.cell().batchSize() + "-t1");
    line.put("kind", "latency");
    line.put("fork", fork);
    line.put("latency_ratio", 1 + random.nextDouble());
    line.put("median_ms", row.latency().medianMs() * (1 + 0.1 * random.nextDouble()));
    if (fork == 2) {
      line.put("disturbed", "the hypervisor took 6.8 % of the CPU time");
    }
    line.put("used", fork != 2);
    return line;
  }

  String page(RawFigures raw) {
    return HtmlReport.text(findings(), AccuracyBasis.TOP1, model + " on digits", notes(), raw);
  }
}
