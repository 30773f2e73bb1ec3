package io.edgefrontier.analysis;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the median of a resample of some values, drawn with replacement, can be and how likely: the
 * limit of infinitely many bootstrap resamples, without drawing one.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1978.10480027">Maritz and Jarrett, 1978</a>
 */
final class MedianDistribution {
  // What depends on nothing but the number of values is worked out once, not once per cell.
  private static final Map<Integer, double[]> CUMULATIVE = new ConcurrentHashMap<>();
  private static final Map<Integer, double[][]> MIDDLE_PAIRS = new ConcurrentHashMap<>();

  private final double[] medians;
  private final double[] cumulative;

  /**
   * @param medians ascending
   * @param cumulative probability of a median at most as large as each
   */
  private MedianDistribution(double[] medians, double[] cumulative) {
    this.medians = medians;
    this.cumulative = cumulative;
  }

  /** Returns the distribution for at least one value, given in any order. */
  static MedianDistribution of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1
        ? new MedianDistribution(sorted, CUMULATIVE.computeIfAbsent(n, i -> cumulative(i)))
        : ofEven(sorted);
  }

  /** Returns the smallest median that is reached with at least this probability, in (0, 1). */
  double quantile(double probability) {
    for (int i = 0; i < medians.length; i++) {
      if (cumulative[i] >= probability) {
        return medians[i];
      }
    }
    return medians[medians.length - 1];
  }

  double lowest() {
    return medians[0];
  }

  double highest() {
    return medians[medians.length - 1];
  }

  /**
   * Returns the probability that this median is at most {@code factor} times an independent one.
   *
   * @param other of values > 0
   */
  double atMost(double factor, MedianDistribution other) {
    double sum = 0;
    double before = 0;
    int reached = 0;
    for (int i = 0; i < other.medians.length; i++) {
      while (reached < medians.length && medians[reached] <= factor * other.medians[i]) {
        reached++;
      }
      if (reached > 0) {
        sum += (other.cumulative[i] - before) * cumulative[reached - 1];
      }
      before = other.cumulative[i];
    }
    return sum;
  }

  /**
   * Returns the factors at which {@link #atMost} rises, ascending, some repeatedly: the smallest
   * ones that lift a median of the other to one of these.
   *
   * @param above only factors above this one
   * @param atMost and at most this one
   */
  double[] rises(double above, double atMost, MedianDistribution other) {
    double[] factors = new double[16];
    int count = 0;
    int first = 0;
    for (double lifted : other.medians) {
      while (first < medians.length && medians[first] <= above * lifted) {
        first++;
      }
      for (int i = first; i < medians.length && medians[i] <= atMost * lifted; i++) {
        if (count == factors.length) {
          factors = Arrays.copyOf(factors, 2 * count);
        }
        factors[count++] = smallestFactor(lifted, medians[i]);
      }
    }
    factors = Arrays.copyOf(factors, count);
    Arrays.sort(factors);
    return factors;
  }

  /** Returns the smallest double that lifts a value to a target after rounding. */
  private static double smallestFactor(double value, double target) {
    double factor = target / value;
    while (factor * value < target) {
      factor = Math.nextUp(factor);
    }
    while (Math.nextDown(factor) * value >= target) {
      factor = Math.nextDown(factor);
    }
    return factor;
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

  /** The median of a resample of even size is the mean of two of the values. */
  private static MedianDistribution ofEven(double[] sorted) {
    int n = sorted.length;
    double[][] middlePairs = MIDDLE_PAIRS.computeIfAbsent(n, i -> middlePairs(i));
    double[] medians = new double[n * (n + 1) / 2];
    int pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        medians[pairs++] = (sorted[i] + sorted[j]) / 2;
      }
    }
    Arrays.sort(medians);
    double[] cumulative = new double[medians.length];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        // Among equal medians any will do: only the sum at the last of them is ever asked for.
        cumulative[Arrays.binarySearch(medians, (sorted[i] + sorted[j]) / 2)] += middlePairs[i][j];
      }
    }
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
    return new MedianDistribution(medians, cumulative);
  }

  /** Probability that the two middle draws of {@code n} are the i-th and j-th values, i <= j. */
  private static double[][] middlePairs(int n) {
    double[][] probabilities = new double[n][n];
    int half = n / 2;
    double halves = Math.exp(logChoose(n, half));
    double atMostBefore = 0;
    for (int i = 0; i < n; i++) {
      // Half of the draws are at most value i, at least one is it; the others likewise from j on.
      double lower = halves * (power(i + 1, n, half) - power(i, n, half));
      for (int j = i + 1; j < n; j++) {
        probabilities[i][j] = lower * (power(n - j, n, half) - power(n - j - 1, n, half));
      }
      // What is left of the cases where value i is the lower of the two: it is the upper one too.
      double atMost = upperBinomialTail(n, half, (i + 1.0) / n);
      double apart = lower * power(n - i - 1, n, half);
      probabilities[i][i] = Math.max(0, atMost - atMostBefore - apart);
      atMostBefore = atMost;
    }
    return probabilities;
  }

  private static double power(int count, int n, int exponent) {
    return Math.pow((double) count / n, exponent);
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
