package io.edgefrontier.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** The loops of {@link ReferenceInterpreter}, as close to the definitions as they can be. */
final class ReferenceKernels {
  private ReferenceKernels() {}

  static double[] conv(
      ReferenceValue in, double[] weight, Shape kernel, Window window, int groups, Shape out) {
    double[] result = new double[Math.toIntExact(out.elements())];
    int inPerGroup = kernel.dim(1);
    int outPerGroup = out.dim(1) / groups;
    int i = 0;
    for (int n = 0; n < out.dim(0); n++) {
      for (int o = 0; o < out.dim(1); o++) {
        for (int y = 0; y < out.dim(2); y++) {
          for (int x = 0; x < out.dim(3); x++) {
            double sum = 0;
            for (int c = 0; c < inPerGroup; c++) {
              for (int ky = 0; ky < kernel.dim(2); ky++) {
                for (int kx = 0; kx < kernel.dim(3); kx++) {
                  int row = row(window, y, ky);
                  int column = column(window, x, kx);
                  int channel = o / outPerGroup * inPerGroup + c;
                  int w = ((o * inPerGroup + c) * kernel.dim(2) + ky) * kernel.dim(3) + kx;
                  sum += weight[w] * at(in, n, channel, row, column, 0);
                }
              }
            }
            result[i++] = sum;
          }
        }
      }
    }
    return result;
  }

  static double[] linear(ReferenceValue in, double[] weight, int inFeatures, Shape out) {
    int outFeatures = out.dim(-1);
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int row = i / outFeatures;
      int o = i % outFeatures;
      for (int f = 0; f < inFeatures; f++) {
        result[i] += weight[o * inFeatures + f] * in.data()[row * inFeatures + f];
      }
    }
    return result;
  }

  /** Returns {@code data * scales + bias}, both indexed along {@code axis}. */
  static double[] scaleAndShift(
      double[] data, Shape shape, int axis, Optional<Tensor> scales, Optional<Tensor> bias) {
    int stride = shape.strides().get(axis);
    double[] result = data.clone();
    for (int i = 0; i < result.length; i++) {
      int channel = i / stride % shape.dim(axis);
      if (scales.isPresent()) {
        result[i] *= scales.get().buffer().getFloat(4 * channel);
      }
      if (bias.isPresent()) {
        result[i] += bias.get().toFloats()[channel];
      }
    }
    return result;
  }

  static double[] batchNorm(ReferenceValue in, Layer.BatchNorm norm) {
    int stride = in.shape().strides().get(1);
    double[] result = in.data().clone();
    for (int i = 0; i < result.length; i++) {
      int c = i / stride % norm.channels();
      double deviation = Math.sqrt(norm.variance().toFloats()[c] + norm.epsilon());
      result[i] =
          (result[i] - norm.mean().toFloats()[c]) / deviation * norm.weight().toFloats()[c]
              + norm.bias().toFloats()[c];
    }
    return result;
  }

  /** Returns a function of two values' real numbers, broadcast to {@code out}. */
  static double[] elementwise(
      DoubleBinaryOperator function, List<ReferenceValue> inputs, Shape out) {
    double[] a = inputs.get(0).reals();
    double[] b = inputs.get(1).reals();
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      double left = a[broadcastIndex(i, out, inputs.get(0).shape())];
      double right = b[broadcastIndex(i, out, inputs.get(1).shape())];
      result[i] = function.applyAsDouble(left, right);
    }
    return result;
  }

  /** Returns the values of {@code in}, repeated to fill {@code out}. */
  static double[] expand(ReferenceValue in, Shape out) {
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      result[i] = in.data()[broadcastIndex(i, out, in.shape())];
    }
    return result;
  }

  /** Returns the element of a value of shape {@code in} that broadcasts to {@code index}. */
  static int broadcastIndex(int index, Shape out, Shape in) {
    int result = 0;
    for (int axis = 1; axis <= in.rank(); axis++) {
      int position = index / out.strides().get(out.rank() - axis) % out.dim(-axis);
      if (in.dim(-axis) > 1) {
        result += position * in.strides().get(in.rank() - axis);
      }
    }
    return result;
  }

  static double[] clamp(double[] data, double low, double high) {
    return Arrays.stream(data).map(value -> Math.min(Math.max(value, low), high)).toArray();
  }

  static double[] softmax(ReferenceValue in, int axis) {
    int stride = in.shape().strides().get(axis);
    int size = in.shape().dim(axis);
    double[] result = new double[in.data().length];
    for (int i = 0; i < result.length; i++) {
      int start = i - i / stride % size * stride;
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < size; k++) {
        max = Math.max(max, in.data()[start + k * stride]);
      }
      double sum = 0;
      for (int k = 0; k < size; k++) {
        sum += Math.exp(in.data()[start + k * stride] - max);
      }
      result[i] = Math.exp(in.data()[i] - max) / sum;
    }
    return result;
  }

  static double[] maxPool(ReferenceValue in, Window window, Shape out) {
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int[] at = position(i, out);
      double max = Double.NEGATIVE_INFINITY;
      for (int ky = 0; ky < window.kernel().h(); ky++) {
        for (int kx = 0; kx < window.kernel().w(); kx++) {
          int row = row(window, at[2], ky);
          int column = column(window, at[3], kx);
          max = Math.max(max, at(in, at[0], at[1], row, column, Double.NEGATIVE_INFINITY));
        }
      }
      result[i] = max;
    }
    return result;
  }

  static double[] avgPool(ReferenceValue in, Window window, boolean countPadding, Shape out) {
    double[] result = new double[Math.toIntExact(out.elements())];
    int height = in.shape().dim(2);
    int width = in.shape().dim(3);
    for (int i = 0; i < result.length; i++) {
      int[] at = position(i, out);
      double sum = 0;
      int count = 0;
      for (int ky = 0; ky < window.kernel().h(); ky++) {
        for (int kx = 0; kx < window.kernel().w(); kx++) {
          int row = row(window, at[2], ky);
          int column = column(window, at[3], kx);
          boolean inside = row >= 0 && row < height && column >= 0 && column < width;
          // A window that ceil mode lets hang over is cut at the padded border.
          boolean padded =
              row < height + window.padding().h() && column < width + window.padding().w();
          sum += at(in, at[0], at[1], row, column, 0);
          count += inside || (countPadding && padded) ? 1 : 0;
        }
      }
      result[i] = sum / count;
    }
    return result;
  }

  static double[] adaptiveAvgPool(ReferenceValue in, Shape out) {
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int[] at = position(i, out);
      int top = at[2] * in.shape().dim(2) / out.dim(2);
      int bottom = ceilDiv((at[2] + 1) * in.shape().dim(2), out.dim(2));
      int left = at[3] * in.shape().dim(3) / out.dim(3);
      int right = ceilDiv((at[3] + 1) * in.shape().dim(3), out.dim(3));
      double sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += at(in, at[0], at[1], y, x, 0);
        }
      }
      result[i] = sum / ((bottom - top) * (right - left));
    }
    return result;
  }

  static double[] mean(ReferenceValue in, List<Integer> axes, Shape out) {
    Shape kept = in.shape();
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < in.data().length; i++) {
      result[broadcastIndex(i, in.shape(), kept)] += in.data()[i];
    }
    double count = in.data().length / (double) result.length;
    return Arrays.stream(result).map(sum -> sum / count).toArray();
  }

  static double[] concat(List<ReferenceValue> inputs, Shape out, int axis) {
    double[] result = new double[Math.toIntExact(out.elements())];
    int row = out.dim(axis) * out.strides().get(axis);
    int offset = 0;
    for (ReferenceValue input : inputs) {
      double[] reals = input.reals();
      int length = input.shape().dim(axis) * out.strides().get(axis);
      for (int i = 0; i < reals.length; i++) {
        result[i / length * row + offset + i % length] = reals[i];
      }
      offset += length;
    }
    return result;
  }

  static double[] pad(ReferenceValue in, Reshaping.Pad pad, Shape out) {
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int[] at = position(i, out);
      result[i] = at(in, at[0], at[1], at[2] - pad.top(), at[3] - pad.left(), pad.value());
    }
    return result;
  }

  static double[] widen(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  static double[] int8(Tensor tensor) {
    ByteBuffer bytes = tensor.buffer();
    double[] result = new double[bytes.remaining()];
    for (int i = 0; i < result.length; i++) {
      result[i] = bytes.get(i);
    }
    return result;
  }

  private static int ceilDiv(int a, int b) { // Math.ceilDiv is younger than Java 17
    return (a + b - 1) / b;
  }

  static int row(Window window, int y, int ky) {
    return y * window.stride().h() - window.padding().h() + ky * window.dilation().h();
  }

  static int column(Window window, int x, int kx) {
    return x * window.stride().w() - window.padding().w() + kx * window.dilation().w();
  }

  static double at(ReferenceValue in, int n, int channel, int row, int column, double outside) {
    Shape shape = in.shape();
    if (row < 0 || row >= shape.dim(2) || column < 0 || column >= shape.dim(3)) {
      return outside;
    }
    return in.data()[((n * shape.dim(1) + channel) * shape.dim(2) + row) * shape.dim(3) + column];
  }

  /** Returns the place of an element on each axis. */
  static int[] position(int index, Shape shape) {
    int[] at = new int[shape.rank()];
    int rest = index;
    for (int axis = at.length - 1; axis >= 0; axis--) {
      at[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return at;
  }

  /** Returns the values of {@code in} with their axes in the order {@code axes}. */
  static double[] permute(ReferenceValue in, List<Integer> axes, Shape out) {
    double[] result = new double[in.data().length];
    for (int i = 0; i < result.length; i++) {
      int from = 0;
      for (int axis = 0; axis < axes.size(); axis++) {
        int place = i / out.strides().get(axis) % out.dim(axis);
        from += place * in.shape().strides().get(axes.get(axis));
      }
      result[i] = in.data()[from];
    }
    return result;
  }

  /** Returns the values of {@code in} that a slice takes. */
  static double[] slice(ReferenceValue in, Reshaping.Slice slice, Shape out) {
    int sliced = in.shape().axis(slice.axis());
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int[] at = position(i, out);
      at[sliced] = slice.start() + at[sliced] * slice.step();
      int from = 0;
      for (int axis = 0; axis < at.length; axis++) {
        from += at[axis] * in.shape().strides().get(axis);
      }
      result[i] = in.data()[from];
    }
    return result;
  }
}
