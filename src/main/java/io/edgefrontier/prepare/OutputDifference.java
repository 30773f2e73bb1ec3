package io.edgefrontier.prepare;

import io.edgefrontier.graph.Tensor;
import java.util.Locale;

/**
 * How far an output is from what is expected.
 *
 * @param text in words, to stand after a name
 * @param relative largest absolute difference, divided by the largest absolute value that is
 *     expected; infinite where shapes differ, or one of both is no finite number and the other is
 *     not the same
 */
record OutputDifference(String text, double relative) {
  /** What rounding may do, in another order of the same sums. */
  static final double TOLERANCE = 1e-4;

  static OutputDifference of(Tensor expected, Tensor found) {
    if (!expected.shape().equals(found.shape())) {
      return new OutputDifference(
          "has shape %s, expected %s".formatted(found.shape(), expected.shape()),
          Double.POSITIVE_INFINITY);
    }
    float[] a = expected.toFloats();
    float[] b = found.toFloats();
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      if (Float.compare(a[i], b[i]) == 0) { // also the same infinity, or NaN twice
        largest = Float.isFinite(a[i]) ? Math.max(largest, Math.abs(a[i])) : largest;
      } else if (!Float.isFinite(a[i]) || !Float.isFinite(b[i])) {
        return new OutputDifference(
            "is %s, expected %s".formatted(b[i], a[i]), Double.POSITIVE_INFINITY);
      } else {
        largest = Math.max(largest, Math.abs(a[i]));
        difference = Math.max(difference, Math.abs((double) a[i] - b[i]));
      }
    }
    double relative = difference == 0 ? 0 : difference / largest;
    return new OutputDifference(
        String.format(
                Locale.ROOT,
                "differs by %.2g of its largest value, expected %.0e",
                relative,
                TOLERANCE)
            + " at most",
        relative);
  }

  boolean isTolerable() {
    return relative <= TOLERANCE;
  }

  @Override
  public String toString() {
    return text;
  }
}
