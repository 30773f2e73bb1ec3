package io.edgefrontier.analysis;

import io.edgefrontier.result.Histogram;
import java.util.Arrays;

/** Order statistics, intervals and tests. What cannot be computed is NaN. */
public final class Statistics {
  private static final double Z_95 = 1.959963984540054;
  private static final int MIN_BEYOND = 10;

  /** 0.1 % of 10,000 is 10, but 100 - 99.9 is a little less than 0.1. */
  private static final double ROUNDING = 1e-6;

  private Statistics() {}

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
    return beyond < MIN_BEYOND - ROUNDING ? Double.NaN : percentile(observations, percent);
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
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = sorted[(sorted.length - 1) / 2];
    double high = sorted[sorted.length / 2];
    return low + (high - low) / 2;
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
   * Returns Wilson's score interval of a share.
   *
   * @param correct successes, in [0, samples]
   * @param samples trials; none have no interval
   * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, 1927</a>
   */
  public static Interval wilson(long correct, long samples) {
    if (correct < 0 || correct > samples) {
      throw new IllegalArgumentException(
          "correct must be in [0, samples], got %s of %s".formatted(correct, samples));
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
          "counts must be >= 0, got %s and %s".formatted(onlyFirst, onlySecond));
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
