package io.edgefrontier.track;

import java.util.List;

/**
 * A change of the program's figures, which lies in the commits after {@code before} up to {@code
 * after}.
 *
 * @param before last point before the change
 * @param after first point after it
 * @param skipped commits of runs between the two that have no figure for this cell
 * @param relative change of the median of the points up to the neighbouring changes, 0.1 for 10 %
 * @param isWorse by the direction of the metric
 */
public record TrendChange(
    TrendPoint before, TrendPoint after, List<String> skipped, double relative, boolean isWorse) {
  public TrendChange {
    skipped = List.copyOf(skipped);
  }
}
