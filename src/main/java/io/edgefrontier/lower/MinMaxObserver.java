package io.edgefrontier.lower;

import io.edgefrontier.graph.QuantParams;

/** Covers everything that was observed. */
final class MinMaxObserver implements ActivationObserver {
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  @Override
  public void observe(float[] values) {
    if (values.length > 0) {
      Extremes extremes = Extremes.of(values);
      min = Math.min(min, extremes.low());
      max = Math.max(max, extremes.high());
    }
  }

  @Override
  public QuantParams params() {
    requireObserved(min <= max);
    return ValueRange.around(min, max).params();
  }

  static void requireObserved(boolean observed) {
    if (!observed) {
      throw new IllegalStateException("no activation was observed; run a calibration batch first");
    }
  }
}
