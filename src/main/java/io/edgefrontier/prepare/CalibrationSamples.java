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

  private static final int DEFAULT_BATCHES = 8;
  private static final long MOST_VALUES = 1L << 28;
  private static final int LEAST_SAMPLES = 64;

  private CalibrationSamples() {}

  /**
   * Returns samples spread evenly over all, since a file may be sorted by class.
   *
   * @param kept what is looked at of a sample
   */
  static Samples chosen(VariantRequest request, Samples samples, Collection<TensorType> kept) {
    return samples.spread((int) Math.min(wanted(request, kept), samples.count()));
  }

  /** A range is known well from fewer samples if each shows very many values. */
  private static long wanted(VariantRequest request, Collection<TensorType> kept) {
    long batches = request.calibrationBatches().orElse(DEFAULT_BATCHES);
    long asked = batches * request.batchSize();
    return request.calibrationBatches().isPresent()
        ? asked
        : Math.min(asked, Math.max(LEAST_SAMPLES, MOST_VALUES / Math.max(1, values(kept))));
  }

  private static long values(Collection<TensorType> kept) {
    return kept.stream().mapToLong(type -> type.shape().elements()).sum();
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
