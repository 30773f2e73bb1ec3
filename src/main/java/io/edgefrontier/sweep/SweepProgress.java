package io.edgefrontier.sweep;

import java.time.Duration;
import java.util.Optional;

/** Hears of a sweep's forks before they start and after they have ended, never while they run. */
public interface SweepProgress {
  /** Hears nothing. */
  SweepProgress SILENT =
      new SweepProgress() {
        @Override
        public void forkStarts(Step step) {}

        @Override
        public void forkEnded(Step step, String figure) {}

        @Override
        public void forkFailed(Step step, String reason) {}

        @Override
        public void sweepEnded() {}
      };

  /**
   * Where a sweep is.
   *
   * @param cell name of the cell, such as {@code resnet8-p0.25-int8-b1-t1}
   * @param what the fork measures, such as {@code fork 2 of at most 10}
   * @param done forks that have ended
   * @param total forks that will have at most, unless some fail or are disturbed
   * @param remaining longest that the rest of the sweep may take; empty before the first fork has
   *     ended
   */
  record Step(String cell, String what, int done, int total, Optional<Duration> remaining) {}

  /** The fork is about to start. */
  void forkStarts(Step step);

  /** The fork has ended with this figure, such as {@code 0.1235 ms}. */
  void forkEnded(Step step, String figure);

  /** The fork has failed; the second time, its cell has, too. */
  void forkFailed(Step step, String reason);

  /** No fork will follow. */
  void sweepEnded();
}
