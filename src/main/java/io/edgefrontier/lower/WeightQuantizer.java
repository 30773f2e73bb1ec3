package io.edgefrontier.lower;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;

/**
 * Symmetric int8 weights with one scale per output channel: {@code weight = scale * int8}.
 *
 * <p>The scale lets no two weights of one sign in a filter add up to more than 128. Processors
 * without VNNI add products of activations and weights in pairs into 16 bits that saturate: 255 *
 * 128 fits, 255 * (127 + 127) does not. With the largest weight at 127, results were wrong by up to
 * 55 steps on such a processor, and a small MNIST network lost 2.9 points of accuracy.
 */
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
    double positive = pairSum(values, from, to, 1);
    double negative = pairSum(values, from, to, -1);
    // At 127 and not 128: rounding may add half a step to each of the two.
    float scale = (float) (Math.max(positive, negative) / LARGEST);
    return scale >= Float.MIN_NORMAL ? scale : 1; // a filter of zeros works with any scale
  }

  /** Returns the sum of the two largest values of {@code sign * values}, counting only positive. */
  private static double pairSum(float[] values, int from, int to, int sign) {
    double first = 0;
    double second = 0;
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("a weight is " + values[i] + "; int8 needs finite ones");
      }
      double value = (double) sign * values[i];
      second = Math.max(second, Math.min(first, value));
      first = Math.max(first, value);
    }
    return first + second;
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
