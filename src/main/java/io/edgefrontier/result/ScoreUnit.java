package io.edgefrontier.result;

import java.util.Map;

/**
 * A unit that JMH gives scores in, and how to bring them to milliseconds per operation.
 *
 * @param perMs how many of the file's time units a millisecond has; NaN if the unit is not a time
 * @param inverted whether the score counts operations per time
 */
record ScoreUnit(double perMs, boolean inverted) {
  private static final double NONE = Double.NaN;

  private static final Map<String, Double> UNITS_PER_MS =
      Map.of(
          "ns", 1e6,
          "us", 1e3,
          "ms", 1.0,
          "s", 1e-3,
          "min", 1 / 60_000.0,
          "hr", 1 / 3_600_000.0,
          "day", 1 / 86_400_000.0);

  static ScoreUnit parse(String unit) {
    if (unit.endsWith("/op")) {
      return new ScoreUnit(
          UNITS_PER_MS.getOrDefault(unit.substring(0, unit.length() - 3), NONE), false);
    }
    if (unit.startsWith("ops/")) {
      return new ScoreUnit(UNITS_PER_MS.getOrDefault(unit.substring(4), NONE), true);
    }
    return new ScoreUnit(UNITS_PER_MS.getOrDefault(unit, NONE), false);
  }

  boolean isTime() {
    return !Double.isNaN(perMs);
  }

  /** Returns milliseconds, or the score itself if the unit is not a time. */
  double toMs(double score) {
    if (!isTime()) {
      return score;
    }
    return inverted ? 1 / score / perMs : score / perMs;
  }
}
