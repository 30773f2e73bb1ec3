package io.edgefrontier.lower;

import io.edgefrontier.graph.QuantParams;

/** Covers everything that was observed. */
final class MinMaxObserver implements ActivationObserver {
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  @Override
  public void observe(float[] values) {
    for (float value : values) {
      requireFinite(value);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }

  @Override
  public QuantParams params() {
    requireObserved(min <= max);
    return ValueRange.around(min, max).params();
  }

  static void requireFinite(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(
          "an activation is " + value + "; int8 calibration needs finite ones, check the network");
    }
  }

  static void requireObserved(boolean observed) {
    if (!observed) {
      throw new IllegalStateException("no activation was observed; run a calibration batch first");
    }
  }
}
