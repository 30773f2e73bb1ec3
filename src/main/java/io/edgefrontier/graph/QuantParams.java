package io.edgefrontier.graph;

/**
 * Affine 8-bit mapping: {@code real = scale * (quantized - zeroPoint)}.
 *
 * @param scale real-valued size of one quantized step; positive and finite
 * @param zeroPoint quantized value that means 0.0, in [0, 255]
 */
public record QuantParams(float scale, int zeroPoint) {
  public QuantParams {
    if (!(scale > 0) || Float.isInfinite(scale)) { // also rejects NaN
      throw new IllegalArgumentException("scale must be > 0 and finite, got " + scale);
    }
    if (zeroPoint < 0 || zeroPoint > 255) {
      throw new IllegalArgumentException("zeroPoint must be in [0, 255], got " + zeroPoint);
    }
  }
}
