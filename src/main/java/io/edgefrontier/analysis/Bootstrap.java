package io.edgefrontier.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Bootstrap intervals. */
public final class Bootstrap {
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /**
   * Returns the percentile bootstrap interval of the median: the 2.5th and 97.5th percentiles of
   * the median of resamples with replacement.
   *
   * <p>Resamples are not drawn: for a median their distribution is known exactly (the limit of
   * infinitely many), so that there is no seed and no simulation error.
   *
   * @param values one per fork; fewer than two have no interval
   * @see <a href="https://doi.org/10.1080/01621459.1978.10480027">Maritz and Jarrett, 1978</a>
   */
  public static Interval ofMedian(double... values) {
    int n = values.length;
    if (n < 2) {
      return Interval.ABSENT;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return n % 2 == 1 ? ofOdd(sorted) : ofEven(sorted);
  }

  /** The median of a resample of odd size is itself one of the values. */
  private static Interval ofOdd(double[] sorted) {
    int n = sorted.length;
    double low = Double.NaN;
    for (int k = 0; k < n; k++) {
      // The median is at most the k-th smallest value when more than half of the draws are.
      double cumulative = upperBinomialTail(n, n / 2 + 1, (k + 1.0) / n);
      if (Double.isNaN(low) && cumulative >= TAIL) {
        low = sorted[k];
      }
      if (cumulative >= 1 - TAIL) {
        return new Interval(low, sorted[k]);
      }
    }
    return new Interval(low, sorted[n - 1]);
  }

  private record Outcome(double median, double probability) {}

  /** The median of a resample of even size is the mean of two of the values. */
  private static Interval ofEven(double[] sorted) {
    int n = sorted.length;
    int half = n / 2;
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        outcomes.add(
            new Outcome((sorted[i] + sorted[j]) / 2, middlePairProbability(n, half, i, j)));
      }
    }
    outcomes.sort(Comparator.comparingDouble(Outcome::median));
    double cumulative = 0;
    double low = Double.NaN;
    for (Outcome outcome : outcomes) {
      cumulative += outcome.probability();
      if (Double.isNaN(low) && cumulative >= TAIL) {
        low = outcome.median();
      }
      if (cumulative >= 1 - TAIL) {
        return new Interval(low, outcome.median());
      }
    }
    return new Interval(low, sorted[n - 1]);
  }

  /** Probability that the two middle draws of {@code n} are the i-th and j-th values, i <= j. */
  private static double middlePairProbability(int n, int half, int i, int j) {
    if (i < j) {
      // Half of the draws are at most value i, at least one is it; the others likewise from j on.
      double lower = Math.pow((i + 1.0) / n, half) - Math.pow((double) i / n, half);
      double upper = Math.pow((double) (n - j) / n, half) - Math.pow((n - j - 1.0) / n, half);
      return Math.exp(logChoose(n, half)) * lower * upper;
    }
    // Value i holds both middle ranks: fewer than half of the draws below it, and fewer above.
    double below = (double) i / n;
    double above = (double) (n - 1 - i) / n;
    double sum = 0;
    for (int b = 0; b < half; b++) {
      for (int a = 0; a < half; a++) {
        sum +=
            Math.exp(logChoose(n, b) + logChoose(n - b, a))
                * Math.pow(below, b)
                * Math.pow(above, a)
                * Math.pow(1.0 / n, n - b - a);
      }
    }
    return sum;
  }

  private static double upperBinomialTail(int n, int atLeast, double p) {
    double sum = 0;
    for (int k = atLeast; k <= n; k++) {
      sum += Math.exp(logChoose(n, k)) * Math.pow(p, k) * Math.pow(1 - p, n - k);
    }
    return sum;
  }

  private static double logChoose(int n, int k) {
    double log = 0;
    for (int i = 1; i <= k; i++) {
      log += Math.log((double) (n - k + i) / i);
    }
    return log;
  }
}
