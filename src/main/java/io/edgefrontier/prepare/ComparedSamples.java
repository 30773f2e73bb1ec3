package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;

/** The samples that archives are run on to be compared. */
final class ComparedSamples {
  private static final int PATTERNS = 8;

  /** Inputs are kept, as decoding them again for every variant takes longer than running it. */
  private static final long MOST_VALUES = 1L << 24;

  private ComparedSamples() {}

  /**
   * Returns samples spread evenly over all, since a file may be sorted by class; where there are
   * none, patterns of the same shape, all labelled 0.
   *
   * @param most how many are wanted at most; of large samples there are fewer, 64 MiB of them
   */
  static Samples of(Samples samples, int most) {
    if (samples.count() == 0) {
      float[] values = TrialRun.pattern(samples.shape().batched(PATTERNS));
      return new Samples(samples.shape(), 1, values, new int[PATTERNS]).first(most);
    }
    long fitting = Math.max(PATTERNS, MOST_VALUES / samples.shape().elements());
    return samples.spread((int) Math.min(most, fitting));
  }
}
