package io.edgefrontier.lower;

import io.edgefrontier.graph.QuantParams;

/**
 * Real numbers that quint8 should cover.
 *
 * @param low at most 0, so that 0 is represented exactly
 * @param high at least 0
 */
record ValueRange(double low, double high) {
  private static final int STEPS = 255;

  ValueRange {
    if (!(low <= 0 && high >= 0)) {
      throw new IllegalArgumentException("a range includes 0, got %s to %s".formatted(low, high));
    }
  }

  /** Returns the narrowest range that includes 0, {@code low} and {@code high}. */
  static ValueRange around(double low, double high) {
    return new ValueRange(Math.min(low, 0), Math.max(high, 0));
  }

  /** Returns the mapping whose 256 values spread over the range. */
  QuantParams params() {
    float scale = (float) ((high - low) / STEPS);
    if (scale < Float.MIN_NORMAL) {
      return new QuantParams(1, 0); // all values are zero: any scale represents them
    }
    double zeroPoint = Math.rint(-low / scale);
    return new QuantParams(scale, (int) Math.min(zeroPoint, STEPS));
  }
}
