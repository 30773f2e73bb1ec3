package io.edgefrontier.analysis;

/**
 * What one fork says of one label.
 *
 * @param ratio to the paired reference, NaN without one
 * @param rawMs median service time, uncorrected
 */
public record ForkScore(double ratio, double rawMs) {
  public ForkScore {
    if (!(rawMs > 0) || ratio <= 0) {
      throw new IllegalArgumentException(
          "a fork needs a time > 0 and a ratio > 0 or none, got %s ms and %s"
              .formatted(rawMs, ratio));
    }
  }
}
