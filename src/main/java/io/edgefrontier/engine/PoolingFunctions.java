package io.edgefrontier.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Window;
import java.util.Comparator;
import java.util.List;

/** The graph's poolings in terms of DJL's functions, differentiable. */
final class PoolingFunctions {
  /** How DJL numbers what PyTorch calls nearest and bilinear. */
  private static final int NEAREST = 0;

  private static final int BILINEAR = 2;

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
      return mean(mean, input);
    }
    if (pooling instanceof Pooling.Reduce reduce) {
      int[] axes = reduce.axes().stream().mapToInt(axis -> axis).toArray();
      return switch (reduce.kind()) {
        case SUM -> input.sum(axes, reduce.keepDims());
        case AMAX -> input.max(axes, reduce.keepDims());
        case AMIN -> input.min(axes, reduce.keepDims());
      };
    }
    if (pooling instanceof Pooling.Resize resize) {
      int mode = resize.mode() == Pooling.Resize.Mode.NEAREST ? NEAREST : BILINEAR;
      long[] size = {resize.out().h(), resize.out().w()};
      return input.getNDArrayInternal().interpolation(size, mode, resize.alignCorners());
    }
    throw new IllegalArgumentException("unknown pooling: " + pooling);
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

  private static NDArray mean(Pooling.Mean mean, NDArray input) {
    int rank = input.getShape().dimension();
    // The engine takes one axis at a time; from the last, so that the others keep their place.
    List<Integer> axes =
        mean.axes().stream()
            .map(axis -> Math.floorMod(axis, rank))
            .sorted(Comparator.reverseOrder())
            .toList();
    NDArray result = input;
    for (int axis : axes) {
      result = result.mean(new int[] {axis}, mean.keepDims());
    }
    return result;
  }
}
