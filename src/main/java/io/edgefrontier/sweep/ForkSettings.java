package io.edgefrontier.sweep;

import java.time.Duration;

/**
 * How much each cell is measured.
 *
 * @param forks JVMs that measure latency, at least 1
 * @param coldStartForks JVMs that measure cold start, at least 0
 * @param warmup in each latency fork
 * @param measurement in each latency fork; at least one
 * @param timeout wall clock of one whole fork, JVM start included
 */
public record ForkSettings(
    int forks, int coldStartForks, Iterations warmup, Iterations measurement, Duration timeout) {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  /** Three forks a cell: the fewest from which a median can leave out a bad one. */
  public static final ForkSettings DEFAULT =
      new ForkSettings(3, 1, Iterations.of(1, 500), Iterations.of(3, 400), TIMEOUT);

  /** One fork a cell and no cold start: rough figures. */
  public static final ForkSettings QUICK =
      new ForkSettings(1, 0, Iterations.of(1, 500), Iterations.of(2, 400), TIMEOUT);

  public ForkSettings {
    if (forks < 1 || coldStartForks < 0) {
      throw new IllegalArgumentException(
          "forks must be >= 1 and cold-start forks >= 0, got " + forks + " and " + coldStartForks);
    }
    if (measurement.count() < 1) {
      throw new IllegalArgumentException("a fork needs at least one measurement iteration");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the fork timeout must be > 0, got " + timeout);
    }
  }
}
