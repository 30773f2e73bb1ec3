package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;

/** The loops of {@link ReferenceInterpreter} for products of two values. */
final class ReferenceProducts {
  private ReferenceProducts() {}

  /** A side with one axis counts as a row on the left, as a column on the right. */
  static double[] matMul(ReferenceValue a, ReferenceValue b, Shape out) {
    Shape left = a.shape().rank() > 1 ? a.shape() : Shape.of(1, a.shape().dim(0));
    Shape right = b.shape().rank() > 1 ? b.shape() : Shape.of(b.shape().dim(0), 1);
    List<Integer> dims = new ArrayList<>(out.dims());
    if (b.shape().rank() == 1) {
      dims.add(1);
    }
    if (a.shape().rank() == 1) {
      dims.add(dims.size() - 1, 1);
    }
    Shape full = new Shape(dims);
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int[] at = ReferenceKernels.position(i, full);
      int row = at[at.length - 2];
      int column = at[at.length - 1];
      for (int k = 0; k < left.dim(-1); k++) {
        result[i] +=
            a.data()[matrix(at, left) + row * left.dim(-1) + k]
                * b.data()[matrix(at, right) + k * right.dim(-1) + column];
      }
    }
    return result;
  }

  static double[] attention(Attention op, List<ReferenceValue> inputs, Shape out) {
    ReferenceValue query = inputs.get(0);
    ReferenceValue key = inputs.get(1);
    ReferenceValue value = inputs.get(2);
    int features = query.shape().dim(-1);
    int keys = key.shape().dim(-2);
    Shape scored = out.with(-1, keys);
    double scale = op.scale().orElse(1 / Math.sqrt(features));
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int i = 0; i < result.length; i++) {
      int[] at = ReferenceKernels.position(i, out);
      int row = at[at.length - 2];
      double[] scores = new double[keys];
      for (int k = 0; k < keys; k++) {
        double dot = 0;
        for (int f = 0; f < features; f++) {
          dot +=
              query.data()[matrix(at, query.shape()) + row * features + f]
                  * key.data()[matrix(at, key.shape()) + k * features + f];
        }
        scores[k] = op.causal() && k > row ? Double.NEGATIVE_INFINITY : dot * scale;
        if (inputs.size() > 3) {
          int place = i / out.dim(-1) * keys + k;
          ReferenceValue mask = inputs.get(3);
          scores[k] += mask.data()[ReferenceKernels.broadcastIndex(place, scored, mask.shape())];
        }
      }
      result[i] = weighted(scores, value, matrix(at, value.shape()) + at[at.length - 1]);
    }
    return result;
  }

  /** Returns the mean of a column of {@code value}, weighted by the softmax of {@code scores}. */
  private static double weighted(double[] scores, ReferenceValue value, int column) {
    double sum = 0;
    double total = 0;
    for (int k = 0; k < scores.length; k++) {
      double share = Math.exp(scores[k]);
      sum += share * value.data()[column + k * value.shape().dim(-1)];
      total += share;
    }
    return sum / total;
  }

  /** Returns where the matrix begins that broadcasts to the place {@code at} of the result. */
  private static int matrix(int[] at, Shape shape) {
    int begin = 0;
    for (int axis = 3; axis <= shape.rank(); axis++) {
      if (shape.dim(-axis) > 1) {
        begin += at[at.length - axis] * shape.strides().get(shape.rank() - axis);
      }
    }
    return begin;
  }
}
