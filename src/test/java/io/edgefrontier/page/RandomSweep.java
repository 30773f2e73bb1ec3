package io.edgefrontier.page;

import io.edgefrontier.analysis.BudgetMetric;
import io.edgefrontier.analysis.Measurement;
import io.edgefrontier.analysis.MemoryBudgets;
import io.edgefrontier.analysis.Merge;
import io.edgefrontier.analysis.MergeSettings;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.UnderLoad;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * A small sweep of figures from a coarse grid, so that ties are frequent, merged by the real merge.
 * The active budget is a figure of one of its cells, or the next number below or above one.
 */
record RandomSweep(
    List<Drawn> cells,
    boolean accuracy,
    BudgetMetric metric,
    double activeMb,
    List<Double> trackedMb) {
  private static final double BYTES_PER_MIB = 1 << 20;

  /** What was drawn for one cell. */
  record Drawn(
      Cell cell,
      Optional<ManifestEntry> entry,
      Measurement measurement,
      Optional<AccuracyRow> accuracy,
      Optional<String> failure) {}

  static RandomSweep of(Random random) {
    return of(random, true);
  }

  static RandomSweep of(Random random, boolean accuracy) {
    BudgetMetric metric = List.of(BudgetMetric.values()).get(random.nextInt(3));
    int size = 1 + random.nextInt(9);
    List<Drawn> cells = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Variant variant =
          new Variant(
              "net",
              (i - i % 4) / 16.0,
              List.of(Precision.values()).get(i % Precision.values().length));
      cells.add(drawn(random, new Cell(variant, 1 + random.nextInt(2), 1), accuracy));
    }
    double near = figure(random, cells, metric);
    return new RandomSweep(
        List.copyOf(cells), accuracy, metric, shifted(random, near), List.of(near, 2.5));
  }

  private static Drawn drawn(Random random, Cell cell, boolean accuracy) {
    double latency = 0.1 * (1 + random.nextInt(5));
    Startup startup =
        random.nextInt(6) == 0
            ? Startup.ABSENT
            : new Startup(10 * (1 + random.nextInt(4)), 1, 99, 5);
    Measurement measurement =
        new Measurement(
            latency(latency),
            startup,
            UnderLoad.ABSENT,
            random.nextInt(6) == 0
                ? ResidentMemory.ABSENT
                : new ResidentMemory(1 + random.nextInt(3), 1, Double.NaN),
            Energy.ABSENT,
            5,
            500);
    boolean failed = random.nextInt(8) == 0;
    return new Drawn(
        cell,
        random.nextInt(12) == 0
            ? Optional.empty()
            : Optional.of(ManifestEntry.made(cell.variant(), archive(random))),
        failed ? Measurement.ABSENT : measurement,
        accuracy ? Optional.of(accuracy(random, cell.variant())) : Optional.empty(),
        failed ? Optional.of("fork 1: exit 134") : Optional.empty());
  }

  private static Latency latency(double ms) {
    return new Latency(
        ms, ReferenceRatio.ABSENT, ms, ms * 0.9, ms * 1.1, ms, 0, Percentiles.ABSENT);
  }

  private static Archive archive(Random random) {
    return new Archive(
        "variants/net.pt",
        "ab".repeat(32),
        100_000L * (1 + random.nextInt(3)),
        List.of(1, 28, 28),
        1000,
        1000,
        ((long) (BYTES_PER_MIB * 0.3)) * (1 + random.nextInt(4)),
        ((long) (BYTES_PER_MIB * 0.1)) * random.nextInt(3));
  }

  private static AccuracyRow accuracy(Random random, Variant variant) {
    if (random.nextInt(12) == 0) {
      return AccuracyRow.failed(variant, "no memory");
    }
    double share = 0.9 + 0.01 * random.nextInt(6);
    // Without an interval only equal accuracy counts as equal.
    boolean interval = random.nextInt(4) != 0;
    double half = 0.01 * random.nextInt(4);
    Accuracy accuracy =
        new Accuracy(
            share,
            interval ? share - half : Double.NaN,
            interval ? share + half : Double.NaN,
            0,
            1);
    return new AccuracyRow(variant, 0, 0, accuracy, "");
  }

  /** Returns the budget metric of one of the cells, or any number where none has it. */
  private static double figure(Random random, List<Drawn> cells, BudgetMetric metric) {
    MemoryBudgets any = new MemoryBudgets(List.of(1.0), 1, metric);
    Drawn drawn = cells.get(random.nextInt(cells.size()));
    double figure = metric.of(row(any, true, drawn).memory());
    return Double.isNaN(figure) ? 1 : figure;
  }

  private static double shifted(Random random, double figure) {
    return switch (random.nextInt(4)) {
      case 0 -> Math.nextDown(figure);
      case 1 -> Math.nextUp(figure);
      case 2 -> 3 * random.nextDouble() + 0.01;
      default -> figure;
    };
  }

  /** Returns the rows as the merge makes them. */
  List<SweepRow> rows() {
    MemoryBudgets budgets = new MemoryBudgets(trackedMb, activeMb, metric);
    return cells.stream().map(drawn -> row(budgets, accuracy, drawn)).toList();
  }

  private static SweepRow row(MemoryBudgets budgets, boolean accuracy, Drawn drawn) {
    MergeSettings settings = new MergeSettings(5, 1, budgets, List.of(), List.of());
    Merge merge =
        new Merge(
            settings,
            "variants.csv",
            "jmh.json",
            accuracy ? Optional.of("accuracy.csv") : Optional.empty());
    return merge.row(
        drawn.cell(),
        drawn.entry(),
        drawn.measurement(),
        drawn.accuracy(),
        drawn.failure(),
        OptionalInt.empty());
  }
}
