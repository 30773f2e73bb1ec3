package io.edgefrontier.lower;

/** The smallest and the largest of some activations, both finite. */
record Extremes(float low, float high) {

  /**
   * Finds the extremes.
   *
   * @param values at least one
   * @throws IllegalArgumentException if a value is NaN or infinite
   */
  static Extremes of(float[] values) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    // Hundreds of millions of values come through here, hence one check at the end: a value that is
    // not finite is one of the two.
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    float outermost = Float.isFinite(low) ? high : low;
    if (!Float.isFinite(outermost)) {
      throw new IllegalArgumentException(
          "an activation is "
              + outermost
              + "; int8 calibration needs finite ones, check the network");
    }
    return new Extremes(low, high);
  }
}
