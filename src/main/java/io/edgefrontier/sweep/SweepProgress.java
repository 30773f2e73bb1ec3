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
        public void forkEnded(Step step, double medianMs) {}

        @Override
        public void forkFailed(Step step, String reason) {}

        @Override
        public void sweepEnded() {}
      };

  /**
   * Where a sweep is.
   *
   * @param cell name of the cell, such as {@code resnet8-p0.25-int8-b1-t1}
   * @param what the fork measures, such as {@code fork 2 of 3}
   * @param done forks that have ended
   * @param total forks of the sweep
   * @param remaining estimate for the rest of the sweep; empty before the first fork has ended
   */
  record Step(String cell, String what, int done, int total, Optional<Duration> remaining) {}

  /** The fork is about to start. */
  void forkStarts(Step step);

  /** The fork has ended with this median of its samples. */
  void forkEnded(Step step, double medianMs);

  /** The fork has failed, and its cell with it. */
  void forkFailed(Step step, String reason);

  /** No fork will follow. */
  void sweepEnded();
}
