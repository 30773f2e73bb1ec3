package io.edgefrontier.analysis;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down adjustment: of all hypotheses together, at most the stated share of runs rejects
 * one that is true, however the tests depend on each other.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm, 1979</a>
 */
public final class Holm {
  private Holm() {}

  /**
   * Returns the adjusted p-values in the same order: a hypothesis is rejected at level a if its
   * adjusted p-value is below a.
   *
   * @param pValues in [0, 1]
   */
  public static double[] adjust(double... pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) { // also rejects NaN
        throw new IllegalArgumentException("a p-value is in [0, 1], got " + p);
      }
    }
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int rank = 0; rank < ascending.length; rank++) {
      double scaled = pValues[ascending[rank]] * (pValues.length - rank);
      largest = Math.max(largest, Math.min(1, scaled));
      adjusted[ascending[rank]] = largest;
    }
    return adjusted;
  }
}
