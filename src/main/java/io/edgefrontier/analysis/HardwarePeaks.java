package io.edgefrontier.analysis;

/**
 * What the machine can do at most; giga is 10^9.
 *
 * @param gmacPerS multiply-accumulates
 * @param gbPerS bytes to and from memory
 */
public record HardwarePeaks(double gmacPerS, double gbPerS) {
  public HardwarePeaks {
    if (!(gmacPerS > 0 && gbPerS > 0) // also rejects NaN
        || Double.isInfinite(gmacPerS)
        || Double.isInfinite(gbPerS)) {
      throw new IllegalArgumentException(
          "peaks must be finite and > 0, got %s GMAC/s and %s GB/s".formatted(gmacPerS, gbPerS));
    }
  }

  /** Returns the arithmetic intensity, in MACs per byte, from which computing is the bound. */
  public double ridge() {
    return gmacPerS / gbPerS;
  }
}
