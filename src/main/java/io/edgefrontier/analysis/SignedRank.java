package io.edgefrontier.analysis;

import java.util.Arrays;

/**
 * Exact Wilcoxon signed-rank test: whether paired differences lie around 0.
 *
 * @see <a href="https://doi.org/10.2307/3001968">Wilcoxon, 1945</a>
 */
public final class SignedRank {
  private static final int MOST = 200;

  private SignedRank() {}

  /**
   * Returns the two-sided p-value. Differences of 0 are left out, equal ones share their ranks, and
   * the distribution is that of the signs given these ranks, so that it is exact with ties, too.
   *
   * @param differences at most 200
   * @return 1 if there is no difference but 0
   */
  public static double pValue(double... differences) {
    double[] nonZero = Arrays.stream(differences).filter(value -> value != 0).toArray();
    if (nonZero.length > MOST) {
      throw new IllegalArgumentException(
          nonZero.length + " differences, at most " + MOST + " are supported");
    }
    int[] ranks = doubledRanks(nonZero);
    int positive = 0;
    for (int i = 0; i < ranks.length; i++) {
      positive += nonZero[i] > 0 ? ranks[i] : 0;
    }
    int all = Arrays.stream(ranks).sum();
    int rarer = Math.min(positive, all - positive);
    double[] shares = distribution(ranks, all);
    double tail = 0;
    for (int sum = 0; sum <= rarer; sum++) {
      tail += shares[sum];
    }
    return Math.min(1, 2 * tail);
  }

  /** Returns twice the rank of each magnitude; of equal ones the mean rank. */
  private static int[] doubledRanks(double[] values) {
    int[] ranks = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int smaller = 0;
      int equal = 0;
      for (double other : values) {
        int order = Double.compare(Math.abs(other), Math.abs(values[i]));
        smaller += order < 0 ? 1 : 0;
        equal += order == 0 ? 1 : 0;
      }
      ranks[i] = 2 * smaller + equal + 1;
    }
    return ranks;
  }

  /** Returns how probable each sum of positive ranks is when every sign is a coin's. */
  private static double[] distribution(int[] ranks, int all) {
    double[] shares = new double[all + 1];
    shares[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      reached += rank;
      for (int sum = reached; sum >= 0; sum--) {
        shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2;
      }
    }
    return shares;
  }
}
