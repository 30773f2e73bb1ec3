package io.edgefrontier.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bootstrap intervals. */
public final class Bootstrap {
  private static final double TAIL = 0.025;

  // What depends on nothing but the number of values is worked out once, not once per cell.
  private static final Map<Integer, double[]> CUMULATIVE = new ConcurrentHashMap<>();
  private static final Map<Integer, double[][]> MIDDLE_PAIRS = new ConcurrentHashMap<>();

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
    double[] cumulative = CUMULATIVE.computeIfAbsent(n, Bootstrap::cumulative);
    double low = Double.NaN;
    for (int k = 0; k < n; k++) {
      if (Double.isNaN(low) && cumulative[k] >= TAIL) {
        low = sorted[k];
      }
      if (cumulative[k] >= 1 - TAIL) {
        return new Interval(low, sorted[k]);
      }
    }
    return new Interval(low, sorted[n - 1]);
  }

  /** Probability that the median of a resample is at most the k-th smallest of {@code n} values. */
  private static double[] cumulative(int n) {
    double[] cumulative = new double[n];
    for (int k = 0; k < n; k++) {
      // It is when more than half of the draws are.
      cumulative[k] = upperBinomialTail(n, n / 2 + 1, (k + 1.0) / n);
    }
    return cumulative;
  }

  private record Outcome(double median, double probability) {}

  /** The median of a resample of even size is the mean of two of the values. */
  private static Interval ofEven(double[] sorted) {
    int n = sorted.length;
    double[][] middlePairs = MIDDLE_PAIRS.computeIfAbsent(n, Bootstrap::middlePairs);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        outcomes.add(new Outcome((sorted[i] + sorted[j]) / 2, middlePairs[i][j]));
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

  private static double[][] middlePairs(int n) {
    double[][] probabilities = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        probabilities[i][j] = middlePairProbability(n, n / 2, i, j);
      }
    }
    return probabilities;
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
