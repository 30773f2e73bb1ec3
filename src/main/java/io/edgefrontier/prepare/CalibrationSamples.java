package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.TensorType;
import java.util.Collection;

/** Which samples a network is looked at with, and how many of them at once. */
final class CalibrationSamples {
  /**
   * Bytes of the values of one batch: a network on large images would need them by the gigabyte.
   */
  private static final long MAX_BATCH_BYTES = 1L << 28;

  private CalibrationSamples() {}

  /** Returns samples spread evenly over all, since a file may be sorted by class. */
  static Samples chosen(VariantRequest request, Samples samples) {
    long wanted = (long) request.calibrationBatches() * request.batchSize();
    int count = (int) Math.min(wanted, samples.count());
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = (int) ((long) i * samples.count() / count);
    }
    return samples.select(indices);
  }

  /**
   * Returns how many samples to run at once.
   *
   * @param wanted at most so many
   * @param kept values of one sample that are in memory at the same time
   */
  static int batchSize(int wanted, Collection<TensorType> kept) {
    long bytes = kept.stream().mapToLong(TensorType::bytes).sum();
    return (int) Math.max(1, Math.min(wanted, MAX_BATCH_BYTES / Math.max(1, bytes)));
  }
}
