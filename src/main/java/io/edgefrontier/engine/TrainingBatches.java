package io.edgefrontier.engine;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.util.Random;

/**
 * The batches of one training: each epoch all samples in a new random order, images moved by up to
 * two pixels.
 */
final class TrainingBatches {
  private static final int MAX_SHIFT = 2;

  /** Below this side, two pixels move too much of an image out of sight. */
  private static final int MIN_SHIFTED_SIDE = 16;

  private final Samples samples;
  private final int batchSize;
  private final Random random;
  private final int[] order;

  TrainingBatches(Samples samples, int batchSize, long seed) {
    this.samples = samples;
    this.batchSize = Math.min(batchSize, samples.count());
    this.random = new Random(seed);
    this.order = new int[samples.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /** Returns the batches of one epoch. */
  int perEpoch() {
    // A single left-over sample joins the batch before it: batch norm has no variance of one.
    int leftOver = order.length % batchSize;
    return order.length / batchSize + (leftOver > 1 ? 1 : 0);
  }

  /** Puts the samples into a new order; call it before each epoch. */
  void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /**
   * Makes a batch.
   *
   * @param index in [0, perEpoch)
   * @throws IOException naming the sample that cannot be read
   */
  LabelledBatch batch(int index) throws IOException {
    int from = index * batchSize;
    int to = index == perEpoch() - 1 ? order.length : from + batchSize;
    int size = Math.toIntExact(samples.shape().elements());
    float[] values = new float[(to - from) * size];
    long[] labels = new long[to - from];
    for (int i = from; i < to; i++) {
      float[] sample = shifted(samples.values(order[i], order[i] + 1));
      System.arraycopy(sample, 0, values, (i - from) * size, size);
      labels[i - from] = samples.label(order[i]);
    }
    return new LabelledBatch(values, labels);
  }

  private float[] shifted(float[] sample) {
    Shape shape = samples.shape();
    if (shape.rank() != 3 || Math.min(shape.dim(1), shape.dim(2)) < MIN_SHIFTED_SIDE) {
      return sample;
    }
    int down = random.nextInt(2 * MAX_SHIFT + 1) - MAX_SHIFT;
    int right = random.nextInt(2 * MAX_SHIFT + 1) - MAX_SHIFT;
    return shift(sample, shape, down, right);
  }

  /** Returns an image [channels, height, width] moved, its border repeated where it left. */
  static float[] shift(float[] image, Shape shape, int down, int right) {
    int height = shape.dim(1);
    int width = shape.dim(2);
    float[] moved = new float[image.length];
    int target = 0;
    for (int channel = 0; channel < shape.dim(0); channel++) {
      for (int y = 0; y < height; y++) {
        int row = (channel * height + clamp(y - down, height)) * width;
        for (int x = 0; x < width; x++) {
          moved[target++] = image[row + clamp(x - right, width)];
        }
      }
    }
    return moved;
  }

  private static int clamp(int position, int size) {
    return Math.max(0, Math.min(position, size - 1));
  }

  /** Values of all samples one after the other, and their labels. */
  static final class LabelledBatch {
    private final float[] values;
    private final long[] labels;

    private LabelledBatch(float[] values, long[] labels) {
      this.values = values;
      this.labels = labels;
    }

    float[] values() {
      return values;
    }

    long[] labels() {
      return labels;
    }
  }
}
