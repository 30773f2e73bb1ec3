package io.edgefrontier.analysis;

import io.edgefrontier.result.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Order statistics, intervals and tests. What cannot be computed is NaN. */
public final class Statistics {
  private static final double Z_95 = 1.959963984540054;
  private static final double TAIL = 0.025;
  private static final int MIN_BEYOND = 10;

  private Statistics() {}

  /**
   * An interval that covers the true value with 95 % confidence; both ends NaN if there is none.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Interval(double low, double high) {
    /** No interval. */
    public static final Interval ABSENT = new Interval(Double.NaN, Double.NaN);

    /** Returns whether both ends are known. */
    public boolean isPresent() {
      return low <= high;
    }
  }

  /**
   * Returns a percentile by linear interpolation between order statistics: type R-7 of Hyndman and
   * Fan, the default of R and NumPy.
   *
   * @param percent in [0, 100]
   */
  public static double percentile(Histogram observations, double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("a percentile is in [0, 100], got " + percent);
    }
    if (observations.total() == 0) {
      return Double.NaN;
    }
    double position = (observations.total() - 1) * percent / 100;
    long below = (long) position;
    double low = valueAt(observations, below);
    double share = position - below;
    if (share == 0) {
      return low;
    }
    double high = valueAt(observations, below + 1);
    return low + share * (high - low);
  }

  /** Returns a percentile, NaN when fewer than 10 observations lie beyond it. */
  public static double tailPercentile(Histogram observations, double percent) {
    double beyond = observations.total() * (100 - percent) / 100;
    return beyond < MIN_BEYOND ? Double.NaN : percentile(observations, percent);
  }

  private static double valueAt(Histogram observations, long rank) {
    long passed = 0;
    for (int i = 0; i < observations.distinct(); i++) {
      passed += observations.count(i);
      if (rank < passed) {
        return observations.value(i);
      }
    }
    throw new IllegalArgumentException("rank " + rank + " of " + observations.total());
  }

  /** Returns the median; the mean of the two middle values of an even number. */
  public static double median(Histogram observations) {
    return percentile(observations, 50);
  }

  /** Returns the median; the mean of the two middle values of an even number. */
  public static double median(double... values) {
    return values.length == 1 ? values[0] : median(Histogram.of(values));
  }

  /** Returns the arithmetic mean. */
  public static double mean(Histogram observations) {
    double sum = 0;
    for (int i = 0; i < observations.distinct(); i++) {
      sum += observations.value(i) * observations.count(i);
    }
    return sum / observations.total();
  }

  /**
   * Returns the sample standard deviation (divided by n - 1); NaN for fewer than 2 observations.
   */
  public static double standardDeviation(Histogram observations) {
    if (observations.total() < 2) {
      return Double.NaN;
    }
    double mean = mean(observations);
    double squares = 0;
    for (int i = 0; i < observations.distinct(); i++) {
      double difference = observations.value(i) - mean;
      squares += difference * difference * observations.count(i);
    }
    return Math.sqrt(squares / (observations.total() - 1));
  }

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
  public static Interval bootstrapMedian(double... values) {
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

  /**
   * Returns Wilson's score interval of a share.
   *
   * @param correct successes, in [0, samples]
   * @param samples trials; none have no interval
   * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, 1927</a>
   */
  public static Interval wilson(long correct, long samples) {
    if (correct < 0 || correct > samples) {
      throw new IllegalArgumentException(
          "correct must be in [0, samples], got %d of %d".formatted(correct, samples));
    }
    if (samples == 0) {
      return Interval.ABSENT;
    }
    double share = (double) correct / samples;
    double z2 = Z_95 * Z_95 / samples;
    double centre = share + z2 / 2;
    double spread = Z_95 * Math.sqrt(share * (1 - share) / samples + z2 / samples / 4);
    // At the ends the formula is exact, its rounding is not.
    double low = correct == 0 ? 0 : (centre - spread) / (1 + z2);
    double high = correct == samples ? 1 : (centre + spread) / (1 + z2);
    return new Interval(low, high);
  }

  /**
   * Returns the two-sided p-value of McNemar's exact test: how likely discordant samples would
   * split at least this unevenly if neither classifier were better.
   *
   * @param onlyFirst samples that only the first classifier has right
   * @param onlySecond samples that only the second has right
   */
  public static double mcNemar(long onlyFirst, long onlySecond) {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException(
          "counts must be >= 0, got %d and %d".formatted(onlyFirst, onlySecond));
    }
    long discordant = onlyFirst + onlySecond;
    long fewer = Math.min(onlyFirst, onlySecond);
    // From the largest term down, so that nothing is lost to underflow on the way up.
    double logTerm = -discordant * Math.log(2);
    for (long i = 1; i <= fewer; i++) {
      logTerm += Math.log((double) (discordant - i + 1) / i);
    }
    double term = Math.exp(logTerm);
    double sum = 0;
    for (long i = fewer; i >= 0 && term > 0; i--) {
      sum += term;
      term *= (double) i / (discordant - i + 1);
    }
    return Math.min(1, 2 * sum);
  }
}
