package io.edgefrontier.analysis;

import io.edgefrontier.result.CsvRow;
import java.io.IOException;
import java.util.Optional;

/**
 * What a frontier maximises against the cost that it minimises: accuracy or, where that was not
 * measured, the smallness of another cost.
 *
 * @param column of sweep_results.csv
 * @param cost the objective whose column it is; empty for accuracy
 */
public record Worth(String column, Optional<Objective> cost) {

  /** Returns accuracy as {@code basis} takes it. */
  public static Worth of(AccuracyBasis basis) {
    return ofColumn(basis.column());
  }

  /** Returns an accuracy under any name. */
  public static Worth ofColumn(String accuracyColumn) {
    return new Worth(accuracyColumn, Optional.empty());
  }

  /** Returns what stands in for accuracy: memory, and against memory itself latency. */
  public static Worth insteadOfAccuracy(Objective objective) {
    Objective other = objective == Objective.MEMORY ? Objective.LATENCY : Objective.MEMORY;
    return new Worth(other.column(), Optional.of(other));
  }

  /** Returns the row's worth, NaN if it is absent. */
  double of(CsvRow row) throws IOException {
    double value = row.number(column);
    return cost.isPresent() ? -value : value;
  }

  /** Returns the interval of the row's worth. */
  Interval interval(CsvRow row) throws IOException {
    if (cost.isEmpty()) {
      return new Interval(row.number("accuracy_ci95_low"), row.number("accuracy_ci95_high"));
    }
    Interval interval = interval(row, cost.get(), row.number(column));
    return new Interval(-interval.high(), -interval.low());
  }

  /** Returns the interval of an objective's value {@code x} in a row. */
  static Interval interval(CsvRow row, Objective objective, double x) throws IOException {
    Interval latency =
        new Interval(row.number("latency_ci95_low_ms"), row.number("latency_ci95_high_ms"));
    return objective.interval(
        x, row.number("latency_ms"), Objective.separating(latency, row.wholeOr("forks", 0)));
  }
}
