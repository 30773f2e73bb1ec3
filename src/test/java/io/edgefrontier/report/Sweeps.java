package io.edgefrontier.report;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Evidence;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.Memory;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.ResponseTime;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.UnderLoad;
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Sweeps to report on: figures as a run on two cores gives them, and what may go wrong with them.
 */
public final class Sweeps {
  static final double ACTIVE_MB = 0.15;
  public static final List<Double> TRACKED_MB = List.of(0.05, 0.15);

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
  public static Findings typical() {
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
    int p = List.of(Precision.values()).indexOf(precision);
    double bytes = precision == Precision.FP32 ? 4 : precision == Precision.INT8 ? 1.1 : 2;
    double ms = LATENCY_MS[p][level];
    return row(
        cell("resnet8", LEVELS[level], precision),
        latency(ms, ms * 0.97, ms * 1.045, ms * 1.4),
        wilson(CORRECT[p][level], 360),
        PARAMETERS[level] * bytes / (1 << 20));
  }

  public static Cell cell(String model, double level, Precision precision) {
    return new Cell(new Variant(model, level, precision), 1, 1);
  }

  public static Latency latency(double median, double low, double high, double p99) {
    return new Latency(
        median,
        ReferenceRatio.ABSENT,
        median,
        low,
        high,
        median,
        0.01,
        new Percentiles(median, median, median, p99, Double.NaN));
  }

  public static Accuracy wilson(int correct, int samples) {
    double share = (double) correct / samples;
    double z2 = 1.959963984540054 * 1.959963984540054;
    double centre = (share + z2 / (2 * samples)) / (1 + z2 / samples);
    double half =
        Math.sqrt(z2 * (share * (1 - share) / samples + z2 / (4.0 * samples * samples)))
            / (1 + z2 / samples);
    return new Accuracy(share, centre - half, centre + half, 0, 1);
  }

  public static SweepRow row(Cell cell, Latency latency, Accuracy accuracy, double modelMb) {
    return new SweepRow(
        cell,
        modelMb <= ACTIVE_MB,
        "",
        ACTIVE_MB,
        accuracy,
        latency,
        Startup.ABSENT,
        UnderLoad.ABSENT,
        new Memory(modelMb, 0.05, ResidentMemory.ABSENT),
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
        new Evidence(5, 5000, OptionalInt.empty()));
  }

  public static SweepRow failed(Cell cell, String error) {
    return new SweepRow(
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
        List.of(),
        Evidence.NONE);
  }

  /** Returns findings about these rows: frontiers by brute force, the fastest accepted to ship. */
  public static Findings findings(List<SweepRow> rows) {
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

  /** Returns what a careless or hostile user may call a model. */
  static String hostileName() {
    return "<script>alert(1)</script>|`a`*b*[c](http://d)&\"'\u001b[31m\u0000\n# e\uD800";
  }

  /** Returns a sweep in which a name and an error text come from {@link #hostileName}. */
  static Findings hostile() {
    return findings(
        List.of(
            row(
                cell(hostileName(), 0, Precision.FP32),
                latency(0.3, 0.2, 0.4, 0.5),
                wilson(350, 360),
                0.1),
            failed(cell(hostileName(), 0.5, Precision.INT8), hostileName())));
  }

  /** Returns a cell of which nothing is known but that it did not fail. */
  static Findings absent() {
    return findings(
        List.of(row(cell("mlp", 0, Precision.FP32), Latency.ABSENT, Accuracy.ABSENT, Double.NaN)));
  }

  static Findings allRejected() {
    return findings(
        List.of(
            row(
                cell("mlp", 0, Precision.FP32),
                latency(0.3, 0.29, 0.31, 0.5),
                wilson(350, 360),
                0.9),
            row(
                cell("mlp", 0.5, Precision.FP32),
                latency(0.2, 0.19, 0.21, 0.5),
                wilson(340, 360),
                0.8)));
  }

  static Findings single() {
    return findings(
        List.of(
            row(
                cell("mlp", 0, Precision.INT8),
                latency(0.3, Double.NaN, Double.NaN, Double.NaN),
                wilson(360, 360),
                0.1)));
  }

  static Findings equalLatencies() {
    List<SweepRow> rows = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      Latency same = latency(0.25, 0.25, 0.25, 0.25);
      rows.add(row(cell("mlp", 0, precision), same, wilson(350, 360), 0.1));
    }
    return findings(rows);
  }

  public static Findings onlyErrors() {
    return findings(
        List.of(
            failed(cell("mlp", 0, Precision.FP32), "no archive"),
            failed(cell("mlp", 0.5, Precision.FP32), "e".repeat(300))));
  }

  /** Returns two cells with everything that can be measured, one of them under load. */
  public static Findings paired() {
    return findings(
        List.of(
            paired(
                cell("mlp", 0, Precision.FP32),
                2.5,
                new UnderLoad(
                    2345.6,
                    new ResponseTime(100, new Percentiles(0.61, 1.27, Double.NaN, 4.5, 9.125)))),
            paired(cell("mlp", 0.5, Precision.INT8), 1.25, UnderLoad.ABSENT)));
  }

  private static SweepRow paired(Cell cell, double ratio, UnderLoad load) {
    SweepRow row =
        row(cell, latency(ratio / 5, ratio / 5.1, ratio / 4.9, 1), wilson(350, 360), 0.1);
    Latency latency =
        new Latency(
            row.latency().medianMs(),
            new ReferenceRatio(ratio, ratio * 0.99, ratio * 1.01, 0.2),
            row.latency().rawMs(),
            row.latency().ci95LowMs(),
            row.latency().ci95HighMs(),
            row.latency().meanMs(),
            row.latency().stdMs(),
            row.latency().percentiles());
    return new SweepRow(
        cell,
        row.accepted(),
        "",
        ACTIVE_MB,
        row.accuracy(),
        latency,
        Startup.ABSENT,
        load,
        row.memory(),
        new Energy(row.energy().proxyJ(), ratio / 1000, ratio / 2000, "powercap:package-0"),
        row.archive(),
        row.violations(),
        new Evidence(10, 5000, OptionalInt.of(1)));
  }

  public static Findings none() {
    return findings(List.of());
  }

  /** Returns the typical sweep at two batch sizes, the second ten times as slow. */
  public static Findings twoBatchSizes() {
    List<SweepRow> rows = new ArrayList<>(typical().rows());
    for (SweepRow row : typical().rows()) {
      if (row.error().isEmpty()) {
        double ms = row.latency().medianMs() * 10;
        rows.add(
            row(
                new Cell(row.cell().variant(), 32, 1),
                latency(ms, ms * 0.9, ms * 1.1, ms * 1.5),
                row.accuracy(),
                row.memory().modelMb()));
      }
    }
    return findings(rows);
  }

  static List<Findings> all() {
    return List.of(
        typical(),
        rough(typical()),
        hostile(),
        absent(),
        allRejected(),
        single(),
        equalLatencies(),
        onlyErrors(),
        none(),
        twoBatchSizes(),
        paired());
  }

  public static RunNotes notes() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CPU", "Reference CPU @ 2.0 GHz | 2 cores");
    environment.put("JDK", "17.0.15");
    environment.put("engine", "PyTorch 2.7.1 through DJL 0.35.1");
    environment.put("power_watts", "5");
    Map<String, String> pictures = new LinkedHashMap<>();
    pictures.put("frontier_latency.svg", "Accuracy against latency");
    pictures.put("frontier memory.svg", "Accuracy against [model] memory");
    Map<String, String> files = new LinkedHashMap<>();
    files.put("sweep_results.csv", "every cell with all of its figures");
    files.put("pareto_frontier_latency.csv", "the frontier of accuracy against latency");
    return new RunNotes(
        "Results of resnet8 on digits",
        "java -jar target/benchmarks.jar --active-memory-budget-mb 0.15",
        environment,
        pictures,
        files);
  }

  public static Findings rough(Findings findings) {
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
