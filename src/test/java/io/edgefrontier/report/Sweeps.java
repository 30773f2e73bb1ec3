package io.edgefrontier.report;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.Memory;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sweeps to report on: figures as a run on two cores gives them, and what may go wrong with them.
 */
final class Sweeps {
  static final double ACTIVE_MB = 0.15;
  static final List<Double> TRACKED_MB = List.of(0.05, 0.15);

  private static final double[] LEVELS = {0, 0.25, 0.5, 0.7};
  private static final double[] PARAMETERS = {78666, 44528, 20113, 7390};

  /** Milliseconds by precision, then by pruning level. */
  private static final double[][] LATENCY_MS = {
    {0.3262, 0.2571, 0.1793, 0.1224},
    {1.2108, 0.8413, 0.5127, 0.3561},
    {1.4837, 1.1204, 0.7716, 0.4409},
    {0.1634, 0.2173, 0.1338, 0.1047}
  };

  /** Correct of 360, by precision, then by pruning level. */
  private static final int[][] CORRECT = {
    {355, 352, 343, 312}, {355, 351, 343, 311}, {355, 352, 343, 312}, {354, 350, 341, 308}
  };

  private Sweeps() {}

  /** Returns 16 cells, one of them failed, some over the budget. */
  static Findings typical() {
    List<SweepRow> rows = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (int level = 0; level < LEVELS.length; level++) {
        rows.add(
            precision == Precision.FP16 && level == 1
                ? failed(cell("resnet8", LEVELS[level], precision), "fork 2: exit 134, no result")
                : typicalRow(precision, level));
      }
    }
    return findings(rows);
  }

  private static SweepRow typicalRow(Precision precision, int level) {
    int p = precision.ordinal();
    double bytes = precision == Precision.FP32 ? 4 : precision == Precision.INT8 ? 1.1 : 2;
    double ms = LATENCY_MS[p][level];
    return row(
        cell("resnet8", LEVELS[level], precision),
        latency(ms, ms * 0.97, ms * 1.045, ms * 1.4),
        wilson(CORRECT[p][level], 360),
        PARAMETERS[level] * bytes / (1 << 20));
  }

  static Cell cell(String model, double level, Precision precision) {
    return new Cell(new Variant(model, level, precision), 1, 1);
  }

  static Latency latency(double median, double low, double high, double p99) {
    return new Latency(
        median, Double.NaN, median, low, high, median, 0.01, median, median, median, p99);
  }

  static Accuracy wilson(int correct, int samples) {
    double share = (double) correct / samples;
    double z2 = 1.959963984540054 * 1.959963984540054;
    double centre = (share + z2 / (2 * samples)) / (1 + z2 / samples);
    double half =
        Math.sqrt(z2 * (share * (1 - share) / samples + z2 / (4.0 * samples * samples)))
            / (1 + z2 / samples);
    return new Accuracy(share, centre - half, centre + half, 0, 1);
  }

  static SweepRow row(Cell cell, Latency latency, Accuracy accuracy, double modelMb) {
    return new SweepRow(
        cell,
        modelMb <= ACTIVE_MB,
        "",
        ACTIVE_MB,
        accuracy,
        latency,
        Startup.ABSENT,
        new Memory(modelMb, 0.05, Double.NaN, Double.NaN),
        new Energy(latency.medianMs() * 5 / 1000, Double.NaN, Double.NaN, ""),
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
        TRACKED_MB.stream().map(budget -> Optional.of(modelMb > budget)).toList(),
        5,
        5000);
  }

  static SweepRow failed(Cell cell, String error) {
    return new SweepRow(
        cell,
        false,
        error,
        ACTIVE_MB,
        Accuracy.ABSENT,
        Latency.ABSENT,
        Startup.ABSENT,
        Memory.ABSENT,
        Energy.ABSENT,
        Optional.empty(),
        List.of(),
        0,
        0);
  }

  /** Returns findings about these rows: frontiers by brute force, the fastest accepted to ship. */
  static Findings findings(List<SweepRow> rows) {
    Map<Axis, Set<Cell>> frontiers = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      Set<Cell> frontier = new HashSet<>();
      for (SweepRow row : rows) {
        if (row.accepted() && rows.stream().noneMatch(other -> dominates(axis, other, row))) {
          frontier.add(row.cell());
        }
      }
      frontiers.put(axis, frontier);
    }
    Optional<Cell> best =
        rows.stream()
            .filter(SweepRow::accepted)
            .max(Comparator.comparingDouble(row -> row.accuracy().top1()))
            .map(SweepRow::cell);
    return new Findings(
        rows,
        "model_memory_mb",
        ACTIVE_MB,
        TRACKED_MB,
        frontiers,
        best,
        best.map(cell -> "Ship " + cell.variant().id() + ": the most accurate within the budget.")
            .orElse("No variant fits the active budget of 0.15 MiB."),
        false);
  }

  private static boolean dominates(Axis axis, SweepRow a, SweepRow b) {
    double ax = axis.value(a);
    double bx = axis.value(b);
    double aAccuracy = a.accuracy().top1();
    double bAccuracy = b.accuracy().top1();
    return a.accepted() && ax <= bx && aAccuracy >= bAccuracy && (ax < bx || aAccuracy > bAccuracy);
  }

  static Findings rough(Findings findings) {
    return new Findings(
        findings.rows(),
        findings.budgetMetric(),
        findings.activeBudgetMb(),
        findings.trackedBudgetsMb(),
        findings.frontiers(),
        findings.recommended(),
        findings.sentence(),
        true);
  }
}
