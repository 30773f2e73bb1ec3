package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.util.Arrays;

/**
 * Labelled samples of one shape, held in memory: float32, row-major, normalised as the network
 * expects.
 */
public final class Samples {
  private final Shape shape;
  private final int classes;
  private final float[] values;
  private final int[] labels;

  /**
   * @param shape of one sample, without the batch dimension
   * @param classes number of classes; labels are in [0, classes)
   * @param values all samples one after the other
   * @param labels one per sample
   */
  public Samples(Shape shape, int classes, float[] values, int[] labels) {
    if (values.length != shape.elements() * labels.length) {
      throw new IllegalArgumentException(
          "%d samples of shape %s need %d values, got %d"
              .formatted(labels.length, shape, shape.elements() * labels.length, values.length));
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "labels must be in [0, %d), got %d".formatted(classes, label));
      }
    }
    this.shape = shape;
    this.classes = classes;
    this.values = values.clone();
    this.labels = labels.clone();
  }

  /** Returns the shape of one sample, without the batch dimension. */
  public Shape shape() {
    return shape;
  }

  public int classes() {
    return classes;
  }

  /** Returns the number of samples. */
  public int count() {
    return labels.length;
  }

  public int label(int index) {
    return labels[index];
  }

  /** Returns the values of samples {@code from} (inclusive) to {@code to} (exclusive). */
  public float[] values(int from, int to) {
    int size = Math.toIntExact(shape.elements());
    return Arrays.copyOfRange(values, from * size, to * size);
  }

  /** Returns the samples at {@code indices}, in that order. */
  public Samples select(int[] indices) {
    int size = Math.toIntExact(shape.elements());
    float[] chosen = new float[indices.length * size];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * size, chosen, i * size, size);
      chosenLabels[i] = labels[indices[i]];
    }
    return new Samples(shape, classes, chosen, chosenLabels);
  }

  /** Returns the first {@code count} samples, or all where there are fewer. */
  public Samples first(int count) {
    int end = Math.min(count, count());
    return new Samples(shape, classes, values(0, end), Arrays.copyOf(labels, end));
  }
}
