package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.io.IOException;

/**
 * Labelled samples of one shape: float32, row-major, normalised as the network expects. Labels are
 * in memory; values are read when they are asked for.
 */
public final class Samples {
  private final Shape shape;
  private final int classes;
  private final SampleReader reader;
  private final int[] labels;
  private final boolean furtherClasses;

  /**
   * Makes samples that are held in memory.
   *
   * @param shape of one sample, without the batch dimension
   * @param classes number of classes; labels are in [0, classes)
   * @param values all samples one after the other
   * @param labels one per sample
   */
  public Samples(Shape shape, int classes, float[] values, int[] labels) {
    this(shape, classes, inMemory(shape, values.clone(), labels.length), labels);
  }

  /**
   * Makes samples that are read one by one.
   *
   * @param shape of one sample, without the batch dimension
   * @param classes number of classes; labels are in [0, classes)
   * @param reader of indices in [0, labels.length); called by one thread at a time
   * @param labels one per sample
   */
  public Samples(Shape shape, int classes, SampleReader reader, int[] labels) {
    this(shape, classes, reader, labels, false);
  }

  private Samples(
      Shape shape, int classes, SampleReader reader, int[] labels, boolean furtherClasses) {
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "labels must be in [0, %d), got %d".formatted(classes, label));
      }
    }
    this.shape = shape;
    this.classes = classes;
    this.reader = reader;
    this.labels = labels.clone();
    this.furtherClasses = furtherClasses;
  }

  /** Returns no samples of this shape, for work that does without. */
  public static Samples none(Shape shape) {
    return new Samples(shape, 0, new float[0], new int[0]);
  }

  private static SampleReader inMemory(Shape shape, float[] values, int count) {
    if (values.length != shape.elements() * count) {
      throw new IllegalArgumentException(
          "%d samples of shape %s need %d values, got %d"
              .formatted(count, shape, shape.elements() * count, values.length));
    }
    int size = Math.toIntExact(shape.elements());
    return (index, target, offset) -> System.arraycopy(values, index * size, target, offset, size);
  }

  /** Returns the shape of one sample, without the batch dimension. */
  public Shape shape() {
    return shape;
  }

  public int classes() {
    return classes;
  }

  /**
   * Returns the same samples where only their labels tell how many classes there are: the last ones
   * may just not occur.
   */
  public Samples withFurtherClasses() {
    return new Samples(shape, classes, reader, labels, true);
  }

  /** Returns the same samples of more classes. */
  Samples withClasses(int more) {
    return new Samples(shape, more, reader, labels, furtherClasses);
  }

  /** Returns whether so many numbers for a sample are one for each class. */
  public boolean fits(long outputs) {
    return furtherClasses ? outputs >= classes : outputs == classes;
  }

  /** Returns the number of classes in words, such as {@code at least 10}. */
  public String classesInWords() {
    return furtherClasses ? "at least " + classes : String.valueOf(classes);
  }

  /** Returns the number of samples. */
  public int count() {
    return labels.length;
  }

  public int label(int index) {
    return labels[index];
  }

  /**
   * Returns the values of samples {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @throws UnreadableSampleException naming the file if one of them cannot be read
   */
  public float[] values(int from, int to) throws UnreadableSampleException {
    int size = Math.toIntExact(shape.elements());
    float[] values = new float[Math.multiplyExact(to - from, size)];
    try {
      for (int i = from; i < to; i++) {
        reader.read(i, values, (i - from) * size);
      }
      return values;
    } catch (IOException e) {
      throw new UnreadableSampleException(e);
    }
  }

  /** Returns a view of the samples at {@code indices}, in that order. */
  public Samples select(int[] indices) {
    int[] chosen = indices.clone();
    int[] chosenLabels = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      chosenLabels[i] = labels[chosen[i]];
    }
    return new Samples(
        shape,
        classes,
        (index, target, offset) -> reader.read(chosen[index], target, offset),
        chosenLabels,
        furtherClasses);
  }

  /**
   * Returns a view of {@code count} samples spread evenly over all, since a file may be sorted by
   * class, or of all where there are fewer.
   */
  public Samples spread(int count) {
    int[] indices = new int[Math.min(count, count())];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (int) ((long) i * count() / indices.length);
    }
    return select(indices);
  }

  /** Returns a view of the first {@code count} samples, or of all where there are fewer. */
  public Samples first(int count) {
    int[] indices = new int[Math.min(count, count())];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i;
    }
    return select(indices);
  }
}
