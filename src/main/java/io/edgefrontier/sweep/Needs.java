package io.edgefrontier.sweep;

import io.edgefrontier.analysis.Interval;
import io.edgefrontier.variant.Variant;
import java.util.List;
import java.util.Optional;

/** Tells which forks a cell must have, and which it may have as long as there is time. */
final class Needs {
  private final List<Series> latencies;
  private final Effort effort;
  private final Ranking ranking;

  /**
   * Makes the rule of a sweep.
   *
   * @param latencies series of latency forks of all cells
   */
  Needs(List<Series> latencies, Effort effort, Ranking ranking) {
    this.latencies = List.copyOf(latencies);
    this.effort = effort;
    this.ranking = ranking;
  }

  /** Returns how many forks a series must still get, whatever the time budget. */
  int required(Series series) {
    return series.isAbandoned() ? 0 : Math.max(0, effort.required(series.kind()) - series.size());
  }

  /** Returns 1 if the series has what is required and would gain by another fork, else 0. */
  int optionalNow(Series series) {
    return required(series) == 0 ? Math.min(1, optionalAtMost(series)) : 0;
  }

  /** Returns how many forks a series may get at most beside those that are required. */
  int optionalAtMost(Series series) {
    if (series.isAbandoned()) {
      return 0;
    }
    int repeats = series.awaitsRepeat() ? 1 : 0;
    return isSettled(series) ? repeats : repeats + maxMore(series);
  }

  private boolean isSettled(Series series) {
    // Before all required forks have run, only the memory budget has spoken.
    return isRejected(series.cell().variant())
        || (required(series) == 0 && (isPrecise(series) || isDominated(series)));
  }

  private int maxMore(Series series) {
    int after = Math.max(series.size(), effort.required(series.kind()));
    return Math.max(0, effort.most(series.kind()) - after);
  }

  private boolean isPrecise(Series series) {
    return series.relativeHalfWidth() <= effort.precisionTarget();
  }

  private boolean isDominated(Series series) {
    return latencies.stream().anyMatch(other -> dominates(other, series));
  }

  private boolean isRejected(Variant variant) {
    return ranking.rejected().contains(variant);
  }

  /**
   * Returns whether a cell beats another beyond their intervals: at least as accurate, and the
   * whole interval of its latency below the other's. Cells of other batch sizes or threads answer
   * another question, and a rejected one cannot take an accepted one's place.
   */
  private boolean dominates(Series better, Series worse) {
    Variant candidate = better.cell().variant();
    return better.cell().batchSize() == worse.cell().batchSize()
        && better.cell().threads() == worse.cell().threads()
        && !better.isAbandoned()
        && required(better) == 0
        && !isRejected(candidate)
        && isAsAccurate(candidate, worse.cell().variant())
        && isBelow(better.interval(), worse.interval());
  }

  private boolean isAsAccurate(Variant variant, Variant other) {
    Optional<Double> accuracy = accuracy(variant);
    Optional<Double> otherAccuracy = accuracy(other);
    return accuracy.isPresent()
        && otherAccuracy.isPresent()
        && accuracy.get() >= otherAccuracy.get();
  }

  private Optional<Double> accuracy(Variant variant) {
    return Optional.ofNullable(ranking.accuracies().get(variant));
  }

  private static boolean isBelow(Interval lower, Interval upper) {
    return lower.high() < upper.low(); // false for an interval that is absent
  }
}
