package io.edgefrontier.graph;

import io.edgefrontier.graph.Pooling.Reduce;
import io.edgefrontier.graph.Pooling.Resize;
import java.util.Arrays;

/** The loops of {@link ReferenceInterpreter} that summarise axes or resample them. */
final class ReferenceResampling {
  private ReferenceResampling() {}

  static double[] reduce(ReferenceValue in, Reduce reduce, Shape out) {
    Shape kept = in.shape();
    for (int axis : reduce.axes()) {
      kept = kept.with(axis, 1);
    }
    double start =
        switch (reduce.kind()) {
          case SUM -> 0;
          case AMAX -> Double.NEGATIVE_INFINITY;
          case AMIN -> Double.POSITIVE_INFINITY;
        };
    double[] result = new double[Math.toIntExact(out.elements())];
    Arrays.fill(result, start);
    for (int i = 0; i < in.data().length; i++) {
      int to = ReferenceKernels.broadcastIndex(i, in.shape(), kept);
      double value = in.data()[i];
      result[to] =
          switch (reduce.kind()) {
            case SUM -> result[to] + value;
            case AMAX -> Math.max(result[to], value);
            case AMIN -> Math.min(result[to], value);
          };
    }
    return result;
  }

  /** Returns the first index of the largest value. */
  static double[] argMax(ReferenceValue in, int axis) {
    Shape kept = in.shape().with(axis, 1);
    double[] largest = new double[Math.toIntExact(kept.elements())];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    double[] result = new double[largest.length];
    for (int i = 0; i < in.data().length; i++) {
      int to = ReferenceKernels.broadcastIndex(i, in.shape(), kept);
      if (in.data()[i] > largest[to]) {
        largest[to] = in.data()[i];
        result[to] = ReferenceKernels.position(i, in.shape())[in.shape().axis(axis)];
      }
    }
    return result;
  }

  static double[] resize(ReferenceValue in, Resize resize) {
    Shape out = in.shape().with(2, resize.out().h()).with(3, resize.out().w());
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int[] at = ReferenceKernels.position(i, out);
      double y = source(resize, at[2], in.shape().dim(2), out.dim(2));
      double x = source(resize, at[3], in.shape().dim(3), out.dim(3));
      int top = (int) Math.floor(y);
      int left = (int) Math.floor(x);
      int bottom = Math.min(top + 1, in.shape().dim(2) - 1);
      int right = Math.min(left + 1, in.shape().dim(3) - 1);
      double above = mixed(x - left, in, at, top, left, right);
      double below = mixed(x - left, in, at, bottom, left, right);
      result[i] = above + (y - top) * (below - above);
    }
    return result;
  }

  private static double mixed(
      double share, ReferenceValue in, int[] at, int row, int left, int right) {
    return (1 - share) * ReferenceKernels.at(in, at[0], at[1], row, left, 0)
        + share * ReferenceKernels.at(in, at[0], at[1], row, right, 0);
  }

  /** Returns the place on an axis of {@code in} cells that a cell of the result is taken from. */
  private static double source(Resize resize, int to, int in, int out) {
    if (resize.mode() == Resize.Mode.NEAREST) {
      return Math.floorDiv(to * in, out);
    } else if (resize.alignCorners()) {
      return out == 1 ? 0 : to * (in - 1) / (out - 1.0);
    }
    return Math.max((to + 0.5) * in / out - 0.5, 0);
  }
}
