package io.edgefrontier.report;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a sweep found: all that the reports are made of.
 *
 * @param rows one for each cell, in any order
 * @param budgetMetric column that the budgets apply to, such as {@code model_memory_mb}
 * @param activeBudgetMb the hard limit, MiB
 * @param trackedBudgetsMb MiB, in the order of each row's violations
 * @param frontiers cells on the frontier of each axis; an axis without an entry has none
 * @param recommended the cell to ship; empty when no variant was accepted
 * @param sentence the recommendation, or why there is none
 * @param rough whether the figures come from {@code --quick}
 */
public record Findings(
    List<SweepRow> rows,
    String budgetMetric,
    double activeBudgetMb,
    List<Double> trackedBudgetsMb,
    Map<Axis, Set<Cell>> frontiers,
    Optional<Cell> recommended,
    String sentence,
    boolean rough) {
  private static final Comparator<SweepRow> BY_CELL =
      Comparator.comparing((SweepRow row) -> row.cell().variant().model())
          .thenComparing(row -> row.cell().batchSize())
          .thenComparing(row -> row.cell().threads())
          .thenComparing(row -> row.cell().variant().pruningLevel())
          .thenComparing(row -> row.cell().variant().precision());

  public Findings {
    rows = List.copyOf(rows);
    trackedBudgetsMb = List.copyOf(trackedBudgetsMb);
    Map<Axis, Set<Cell>> copy = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      copy.put(axis, Set.copyOf(frontiers.getOrDefault(axis, Set.of())));
    }
    frontiers = Map.copyOf(copy);
    requireVerdicts(rows, trackedBudgetsMb.size());
    requireCells(rows, frontiers, recommended);
  }

  private static void requireVerdicts(List<SweepRow> rows, int budgets) {
    for (SweepRow row : rows) {
      if (row.error().isEmpty() && row.violations().size() != budgets) {
        throw new IllegalArgumentException(
            row.cell().variant().id()
                + (" has verdicts on " + row.violations().size() + " budgets, expected " + budgets)
                + ", one for each tracked budget");
      }
    }
  }

  private static void requireCells(
      List<SweepRow> rows, Map<Axis, Set<Cell>> frontiers, Optional<Cell> recommended) {
    Set<Cell> known = new HashSet<>();
    rows.forEach(row -> known.add(row.cell()));
    Set<Cell> named = new HashSet<>();
    frontiers.values().forEach(named::addAll);
    recommended.ifPresent(named::add);
    for (Cell cell : named) {
      if (!known.contains(cell)) {
        throw new IllegalArgumentException(
            cell.variant().id() + " is on a frontier or recommended, but is no row of the sweep");
      }
    }
  }

  /** Returns the rows by latency, then those without one, then those that failed. */
  List<SweepRow> byLatency() {
    return rows.stream()
        .sorted(
            Comparator.comparing((SweepRow row) -> !row.error().isEmpty())
                // NaN sorts last.
                .thenComparingDouble(row -> row.latency().medianMs())
                .thenComparing(BY_CELL))
        .toList();
  }

  /** Returns the rows that did not fail, in the order of their cells. */
  List<SweepRow> measured() {
    return rows.stream().filter(row -> row.error().isEmpty()).sorted(BY_CELL).toList();
  }

  /** Returns the rows that failed, in the order of their cells. */
  List<SweepRow> failed() {
    return rows.stream().filter(row -> !row.error().isEmpty()).sorted(BY_CELL).toList();
  }

  /** Returns whether some cell was timed against the paired reference. */
  boolean hasReference() {
    return rows.stream().anyMatch(row -> !Double.isNaN(row.latency().reference().ratio()));
  }

  /** Returns whether accuracy was measured; a cell that lacks it otherwise has failed. */
  public boolean hasAccuracy() {
    List<SweepRow> timed =
        measured().stream().filter(row -> !Double.isNaN(row.latency().medianMs())).toList();
    return timed.isEmpty() || timed.stream().anyMatch(row -> !Double.isNaN(row.accuracy().top1()));
  }

  /** Returns the axes that a picture makes sense for: memory is not shown against itself. */
  public List<Axis> pictured() {
    return hasAccuracy() ? List.of(Axis.values()) : List.of(Axis.LATENCY, Axis.ENERGY);
  }

  /** Returns whether some variant's classes were compared with the base network's. */
  boolean hasAgreement() {
    return rows.stream().anyMatch(row -> !Double.isNaN(row.divergence().argmaxAgreement()));
  }

  long acceptedCount() {
    return rows.stream().filter(SweepRow::accepted).count();
  }

  /** Returns whether the row's cell is on the frontier of this axis. */
  public boolean onFrontier(Axis axis, SweepRow row) {
    return frontiers.get(axis).contains(row.cell());
  }

  /** Returns whether the row's cell is the one to ship. */
  public boolean isRecommended(SweepRow row) {
    return recommended.isPresent() && recommended.get().equals(row.cell());
  }

  /** Returns whether the cells differ in this, so that a reader must be told. */
  boolean varies(Function<Cell, ?> part) {
    return rows.stream().map(row -> part.apply(row.cell())).distinct().count() > 1;
  }
}
