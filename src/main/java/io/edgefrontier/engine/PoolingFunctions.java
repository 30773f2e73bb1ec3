package io.edgefrontier.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Window;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/** The graph's poolings in terms of DJL's functions, differentiable. */
final class PoolingFunctions {
  /** How DJL numbers what PyTorch calls nearest. */
  private static final int NEAREST = 0;

  private PoolingFunctions() {}

  /** Applies a pooling. */
  static NDArray apply(Pooling pooling, NDArray input) {
    if (pooling instanceof Pooling.MaxPool2d max) {
      return Pool.maxPool2d(
          input,
          Operators.shape(max.window().kernel()),
          Operators.shape(max.window().stride()),
          Operators.shape(max.window().padding()),
          max.ceil());
    }
    if (pooling instanceof Pooling.AvgPool2d average) {
      return average(average, input);
    }
    if (pooling instanceof Pooling.AdaptiveAvgPool2d adaptive) {
      // DJL's own API has only the pooling to 1x1.
      return JniUtils.adaptiveAvgPool((PtNDArray) input, Operators.shape(adaptive.out()));
    }
    if (pooling instanceof Pooling.Mean mean) {
      boolean keep = mean.keepDims();
      return eachAxis(input, mean.axes(), (array, axis) -> array.mean(axis, keep));
    }
    if (pooling instanceof Pooling.Reduce reduce) {
      boolean keep = reduce.keepDims();
      return switch (reduce.kind()) {
        case SUM -> eachAxis(input, reduce.axes(), (array, axis) -> array.sum(axis, keep));
        case AMAX -> eachAxis(input, reduce.axes(), (array, axis) -> array.max(axis, keep));
        case AMIN -> eachAxis(input, reduce.axes(), (array, axis) -> array.min(axis, keep));
      };
    }
    if (pooling instanceof Pooling.Resize resize) {
      return resize.mode() == Pooling.Resize.Mode.NEAREST
          ? JniUtils.interpolate((PtNDArray) input, size(resize.out()), NEAREST, false)
          : bilinear(resize, input);
    }
    throw new IllegalArgumentException("unknown pooling: " + pooling);
  }

  /**
   * Resamples by a matrix for each axis: DJL's function filters what it shrinks, which PyTorch's
   * default does not, and cannot be told to align corners.
   */
  private static NDArray bilinear(Pooling.Resize resize, NDArray input) {
    NDManager manager = input.getManager();
    int height = Math.toIntExact(input.getShape().get(2));
    int width = Math.toIntExact(input.getShape().get(3));
    int outHeight = resize.out().h();
    int outWidth = resize.out().w();
    boolean corners = resize.alignCorners();
    NDArray rows =
        manager.create(weights(height, outHeight, corners), new Shape(outHeight, height));
    NDArray columns = manager.create(weights(width, outWidth, corners), new Shape(outWidth, width));
    return rows.matMul(input).matMul(columns.transpose());
  }

  /** Returns the share that each of {@code in} cells has in each of {@code out}, [out, in]. */
  private static float[] weights(int in, int out, boolean alignCorners) {
    float[] weights = new float[Math.multiplyExact(out, in)];
    for (int i = 0; i < out; i++) {
      double source = Math.max((i + 0.5) * in / out - 0.5, 0);
      if (alignCorners) {
        source = out == 1 ? 0 : i * (in - 1) / (out - 1.0);
      }
      int low = Math.min((int) source, in - 1);
      int high = Math.min(low + 1, in - 1);
      weights[i * in + low] += (float) (1 - (source - low));
      weights[i * in + high] += (float) (source - low);
    }
    return weights;
  }

  private static long[] size(Size2d size) {
    return new long[] {size.h(), size.w()};
  }

  private static NDArray average(Pooling.AvgPool2d average, NDArray input) {
    Window window = average.window();
    boolean padded = !window.padding().equals(Size2d.of(0));
    if (average.countPadding() || !padded) {
      return average(input, window, average.ceil());
    }
    // DJL's PyTorch engine counts the padding whatever it is told, hence the division by the share
    // of each window that is input.
    Shape plane = input.getShape().slice(2);
    NDArray ones = input.getManager().ones(new Shape(1, 1).addAll(plane));
    return average(input, window, average.ceil()).div(average(ones, window, average.ceil()));
  }

  private static NDArray average(NDArray input, Window window, boolean ceil) {
    return Pool.avgPool2d(
        input,
        Operators.shape(window.kernel()),
        Operators.shape(window.stride()),
        Operators.shape(window.padding()),
        ceil,
        true);
  }

  /** Applies a summary that the engine makes of one axis at a time to several. */
  private static NDArray eachAxis(
      NDArray input, List<Integer> axes, BiFunction<NDArray, int[], NDArray> summary) {
    int rank = input.getShape().dimension();
    // From the last, so that the others keep their place.
    List<Integer> fromLast =
        axes.stream()
            .map(axis -> Math.floorMod(axis, rank))
            .sorted(Comparator.reverseOrder())
            .toList();
    NDArray result = input;
    for (int axis : fromLast) {
      result = summary.apply(result, new int[] {axis});
    }
    return result;
  }
}
