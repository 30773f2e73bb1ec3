package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which fork runs next, and when there are enough. Skeleton: bodies follow. */
final class Schedule {
  Schedule(List<Cell> cells, Effort effort, Ranking ranking, long seed) {}

  /**
   * Returns the next fork, the same until its outcome is told; empty when the sweep is complete.
   *
   * @param elapsed wall clock of the sweep so far, earlier processes of it included
   */
  Optional<Fork> next(Duration elapsed) {
    return Optional.empty();
  }

  /** Hears that a fork ended; score = ratio to the reference, or median in ms without one. */
  void ended(Fork fork, double score, Duration wall) {}

  /** Hears that a fork ended on a machine that was disturbed; it is repeated once. */
  void disturbed(Fork fork, double score, Duration wall) {}

  /** Hears that a fork failed; after two failures its cell gets no more forks. */
  void failed(Fork fork, Duration wall) {}

  /** Returns how long the rest takes at most; empty until a fork has ended. */
  Optional<Duration> remaining(Duration elapsed) {
    return Optional.empty();
  }

  /** Returns how many forks have ended, whatever their outcome. */
  int forksRun() {
    return 0;
  }

  /** Returns how many more forks will run at most, unless some fail or are disturbed. */
  int forksLeft() {
    return 0;
  }

  /** Returns the forks whose results count, in the order in which they ended. */
  List<Fork> used() {
    return List.of();
  }

  /** Returns the cells that failed twice, in that order. */
  Set<Cell> failedCells() {
    return Set.of();
  }

  /** Returns what stopping early has spared. */
  Savings savings() {
    return new Savings(0, 0, Duration.ZERO);
  }
}
