package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;

/** The samples that archives are run on to be compared. */
final class ComparedSamples {
  private static final int PATTERNS = 8;

  private ComparedSamples() {}

  /**
   * Returns samples spread evenly over all, since a file may be sorted by class; where there are
   * none, patterns of the same shape, all labelled 0.
   *
   * @param most how many are wanted at most
   */
  static Samples of(Samples samples, int most) {
    if (samples.count() == 0) {
      float[] values = TrialRun.pattern(samples.shape().batched(PATTERNS));
      return new Samples(samples.shape(), 1, values, new int[PATTERNS]).first(most);
    }
    int[] indices = new int[Math.min(most, samples.count())];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (int) ((long) i * samples.count() / indices.length);
    }
    return samples.select(indices);
  }
}
