package io.edgefrontier.analysis;

/**
 * Finds where a stretch of a series splits best into two, by the energy statistic.
 *
 * <p>For the parts X of m and Y of n values it is mn/(m+n) times (twice the mean distance between X
 * and Y, less the mean distance within X, less that within Y). As in E-divisive, Y need not reach
 * to the end of the stretch, so that a level that rises and falls again is found, too. Quadratic in
 * the length: sums of distances are carried on from one split to the next.
 *
 * @see <a href="https://doi.org/10.1080/01621459.2013.849605">Matteson and James, 2014</a>
 */
final class EnergyScan {
  private EnergyScan() {}

  /**
   * The best split.
   *
   * @param index of the first value of the second part; -1 if the stretch is too short
   * @param statistic 0 or less where nothing speaks for a split
   */
  record Split(int index, double statistic) {
    static final Split NONE = new Split(-1, 0);
  }

  /** Returns the best split of values [from, to) into parts of so many values at least. */
  static Split best(double[] values, int from, int to, int least) {
    if (to - from < 2 * least) {
      return Split.NONE;
    }
    double[] whole = new double[to - from + 1];
    for (int start = to - 1; start >= from; start--) {
      extend(whole, values, from, start, to);
    }
    Split best = Split.NONE;
    double[] right = new double[to - from + 1];
    for (int split = to - 1; split >= from + least; split--) {
      extend(right, values, from, split, to);
      int m = split - from;
      double left = whole[m];
      for (int end = split + least; end <= to; end++) {
        int n = end - split;
        double within = right[end - from];
        double between = whole[end - from] - left - within;
        double statistic =
            (double) m
                * n
                / (m + n)
                * (2 * between / ((double) m * n) - left / pairs(m) - within / pairs(n));
        if (statistic > best.statistic()) {
          best = new Split(split, statistic);
        }
      }
    }
    return best;
  }

  /**
   * Turns the sums of the distances within [start + 1, end), by end, into those of [start, end).
   */
  private static void extend(double[] sums, double[] values, int from, int start, int to) {
    double distances = 0;
    for (int last = start + 1; last < to; last++) {
      distances += Math.abs(values[start] - values[last]);
      sums[last + 1 - from] += distances;
    }
  }

  private static double pairs(int count) {
    return count * (count - 1.0) / 2;
  }
}
