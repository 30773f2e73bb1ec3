package io.edgefrontier.track;

import java.time.Instant;

/**
 * One run's figure in the history of a cell.
 *
 * @param commit empty where it is not known
 * @param value median over the forks of the ratio to the paired reference, or of the metric itself
 * @param isPaired whether it is such a ratio, without unit
 * @param segment from 1: points of one segment were measured under the same conditions
 * @param isChange whether the program changed before this point, see {@link TrendChange}
 */
public record TrendPoint(
    Instant time,
    String commit,
    String run,
    double value,
    boolean isPaired,
    int segment,
    boolean isChange) {
  TrendPoint changed() {
    return new TrendPoint(time, commit, run, value, isPaired, segment, true);
  }

  /** Returns how people find the point: the beginning of its commit, else the run's name. */
  public String place() {
    return commit.isEmpty() ? run : commit.substring(0, Math.min(8, commit.length()));
  }
}
