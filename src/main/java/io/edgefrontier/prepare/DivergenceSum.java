package io.edgefrontier.prepare;

import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.variant.Divergence;

/** Adds up differences between two networks' answers, batch by batch. */
final class DivergenceSum {
  private double max;
  private double sum;
  private long values;
  private int samples;
  private int agreeing;
  private boolean classes = true;

  /**
   * Takes the answers to a batch.
   *
   * @param batch number of samples in it
   */
  void add(Tensor expected, Tensor found, int batch) {
    float[] a = expected.toFloats();
    float[] b = found.toFloats();
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      max = Math.max(max, difference);
      sum += difference;
    }
    values += a.length;
    samples += batch;
    Shape shape = expected.shape();
    classes &= shape.rank() == 2 && shape.dim(0) == batch && shape.dim(1) > 1;
    for (int sample = 0; classes && sample < batch; sample++) {
      int from = sample * shape.dim(1);
      if (largest(a, from, shape.dim(1)) == largest(b, from, shape.dim(1))) {
        agreeing++;
      }
    }
  }

  private static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  int samples() {
    return samples;
  }

  /**
   * Returns the figures of what was added.
   *
   * @param agreement whether the samples are such that the largest logit means a class
   */
  Divergence divergence(String source, boolean agreement) {
    return new Divergence(
        max, sum / values, classes && agreement ? (double) agreeing / samples : Double.NaN, source);
  }
}
