package io.edgefrontier.report;

import io.edgefrontier.track.CellComparison;
import io.edgefrontier.track.MetricVerdict;
import io.edgefrontier.track.RunComparison;
import io.edgefrontier.track.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a comparison: a metric of a cell, or a cell that has no figures on one side.
 *
 * @param key of the cell
 * @param figures absent for a whole cell
 */
record Change(String key, Verdict verdict, Optional<MetricVerdict> figures, String reason) {
  /** What people want to see first: what changed, then what nobody knows, then the rest. */
  private static final List<Verdict> ORDER =
      List.of(
          Verdict.REGRESSED,
          Verdict.IMPROVED,
          Verdict.FAILED,
          Verdict.MISSING,
          Verdict.NEW,
          Verdict.INCONCLUSIVE,
          Verdict.NOT_COMPARABLE,
          Verdict.UNCHANGED);

  private static final Map<Verdict, Integer> PLACE = new EnumMap<>(Verdict.class);

  static {
    for (Verdict verdict : Verdict.values()) {
      PLACE.put(verdict, ORDER.indexOf(verdict));
    }
  }

  /** Returns the rows of a comparison, changed ones first and the largest changes before others. */
  static List<Change> sorted(RunComparison comparison) {
    List<Change> changes = new ArrayList<>(inOrder(comparison));
    changes.sort(
        Comparator.comparingInt((Change change) -> PLACE.get(change.verdict()))
            .thenComparingDouble(change -> -change.size()));
    return changes;
  }

  /** Returns the rows in the order of the cells. */
  static List<Change> inOrder(RunComparison comparison) {
    List<Change> changes = new ArrayList<>();
    for (CellComparison cell : comparison.cells()) {
      if (cell.metrics().isEmpty()) {
        changes.add(new Change(cell.key(), cell.verdict(), Optional.empty(), cell.reason()));
      }
      for (MetricVerdict metric : cell.metrics()) {
        changes.add(new Change(cell.key(), metric.verdict(), Optional.of(metric), metric.reason()));
      }
    }
    return changes;
  }

  /** Returns the size of a change that was found, whichever way it goes; otherwise 0. */
  private double size() {
    double ratio = figures.map(metric -> metric.effect().ratio()).orElse(Double.NaN);
    boolean isFound = verdict == Verdict.REGRESSED || verdict == Verdict.IMPROVED;
    return isFound && ratio > 0 ? Math.max(ratio, 1 / ratio) : 0;
  }

  /** Returns whether the row belongs above the fold. */
  boolean isChanged() {
    return switch (verdict) {
      case REGRESSED, IMPROVED, FAILED, MISSING, NEW -> true;
      case INCONCLUSIVE, NOT_COMPARABLE, UNCHANGED -> false;
    };
  }

  /** Returns the metric's name; {@code all} for a whole cell. */
  String metric() {
    return figures.map(metric -> metric.metric().label()).orElse("all");
  }

  /** Returns the values of both sides with their unit. */
  String values() {
    return figures.map(ChangeText::values).orElse(Numbers.ABSENT);
  }

  /** Returns the ratio with its interval. */
  String ratio() {
    return figures.map(metric -> ChangeText.ratio(metric.effect())).orElse(Numbers.ABSENT);
  }

  /** Returns the adjusted p-value. */
  String adjustedP() {
    return figures
        .map(metric -> ChangeText.pValue(metric.effect().adjustedP()))
        .orElse(Numbers.ABSENT);
  }

  /** Returns the smallest slow-down that would be found. */
  String detectable() {
    return figures
        .map(metric -> ChangeText.share(metric.effect().detectable()))
        .orElse(Numbers.ABSENT);
  }

  /** Returns the verdict in capitals if the build may hang on it. */
  String verdictText() {
    return verdict == Verdict.REGRESSED || verdict == Verdict.FAILED
        ? verdict.name()
        : verdict.label();
  }
}
