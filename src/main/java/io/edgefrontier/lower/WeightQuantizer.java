package io.edgefrontier.lower;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;

/** Symmetric int8 weights with one scale per output channel: {@code weight = scale * int8}. */
final class WeightQuantizer {
  private static final int LARGEST = 127;

  private final Tensor weight;
  private final Tensor scales;

  /**
   * @param real floating-point, [outChannels, ...]
   * @throws IllegalArgumentException if a weight is not finite
   */
  WeightQuantizer(Tensor real) {
    float[] values = real.toFloats();
    int channels = real.shape().dim(0);
    int filter = values.length / channels;
    byte[] steps = new byte[values.length];
    float[] scale = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = scale(values, c * filter, (c + 1) * filter);
      for (int i = c * filter; i < (c + 1) * filter; i++) {
        double step = Math.rint(values[i] / (double) scale[c]);
        steps[i] = (byte) Math.min(Math.max(step, -LARGEST), LARGEST);
      }
    }
    this.weight = Tensor.ofBytes(DType.INT8, real.shape(), steps);
    this.scales = Tensor.ofFloats(Shape.of(channels), scale);
  }

  private static float scale(float[] values, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("a weight is " + values[i] + "; int8 needs finite ones");
      }
      largest = Math.max(largest, Math.abs(values[i]));
    }
    float scale = largest / LARGEST;
    return scale >= Float.MIN_NORMAL ? scale : 1; // a filter of zeros works with any scale
  }

  /** Returns the int8 weight, of the shape of the real one. */
  Tensor weight() {
    return weight;
  }

  /** Returns the float32 scales, [outChannels]. */
  Tensor scales() {
    return scales;
  }
}
