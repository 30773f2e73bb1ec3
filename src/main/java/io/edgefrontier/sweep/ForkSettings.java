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
