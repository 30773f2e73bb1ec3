package io.edgefrontier.analysis;

/**
 * Percentile bootstrap intervals: the 2.5th and 97.5th percentiles over resamples with replacement.
 *
 * <p>Resamples are not drawn: for medians their distribution is known exactly (the limit of
 * infinitely many), so that there is no seed and no simulation error.
 */
public final class Bootstrap {
  private static final double TAIL = 0.025;

  /** Of the bits of a double: 0.02 % of it. */
  private static final long NARROW = 1L << 40;

  /** How far a first guess may well be off: 0.2 %. */
  private static final long STEP = 1L << 43;

  private static final double HALF = 0.5;

  private Bootstrap() {}

  /**
   * Returns the interval of the median.
   *
   * @param values one per fork; fewer than two have no interval
   */
  public static Interval ofMedian(double... values) {
    if (values.length < 2) {
      return Interval.ABSENT;
    }
    MedianDistribution median = MedianDistribution.of(values);
    return new Interval(median.quantile(TAIL), median.quantile(1 - TAIL));
  }

  /**
   * Returns the interval of the candidate's median divided by the baseline's, where each sample is
   * resampled by itself.
   *
   * @param baseline one value > 0 per fork; fewer than two have no interval
   * @param candidate likewise
   */
  public static Interval ofRatio(double[] baseline, double[] candidate) {
    if (baseline.length < 2 || candidate.length < 2) {
      return Interval.ABSENT;
    }
    MedianDistribution below = MedianDistribution.of(baseline);
    MedianDistribution above = MedianDistribution.of(candidate);
    if (!(below.lowest() > 0) || !(above.lowest() > 0)) { // also rejects NaN
      throw new IllegalArgumentException(
          "a ratio of medians needs values > 0, got %s and %s"
              .formatted(below.lowest(), above.lowest()));
    }
    return new Interval(ratio(below, above, TAIL), ratio(below, above, 1 - TAIL));
  }

  /** Returns the smallest ratio that is reached with at least this probability. */
  private static double ratio(
      MedianDistribution baseline, MedianDistribution candidate, double probability) {
    // Doubles > 0 have the order of their bits, so the range of bits is narrowed until few of the
    // ratios at which the probability rises are left in it; then one of those is the very one.
    long low = Double.doubleToLongBits(candidate.lowest() / baseline.highest()) - 1;
    long high = Double.doubleToLongBits(candidate.highest() / baseline.lowest()) + 1;
    long next = Double.doubleToLongBits(guess(baseline, candidate, probability));
    for (long step = STEP; high - low > NARROW; step *= 2) {
      next = Math.min(Math.max(next, low + 1), high - 1);
      if (candidate.atMost(Double.longBitsToDouble(next), baseline) >= probability) {
        high = next;
        next = Math.max(high - step, low + (high - low) / 2);
      } else {
        low = next;
        next = Math.min(low + step, low + (high - low) / 2);
      }
    }
    if (candidate.atMost(Double.longBitsToDouble(low), baseline) >= probability) {
      return Double.longBitsToDouble(low + 1); // equal values, and a product that was rounded up
    }
    double[] rises =
        candidate.rises(Double.longBitsToDouble(low), Double.longBitsToDouble(high), baseline);
    int below = -1;
    int reached = rises.length - 1;
    while (reached - below > 1) {
      int middle = (below + reached) / 2;
      if (candidate.atMost(rises[middle], baseline) >= probability) {
        reached = middle;
      } else {
        below = middle;
      }
    }
    return rises[reached];
  }

  /** Returns about the ratio that is sought: exactly that of log-normal medians. */
  private static double guess(
      MedianDistribution baseline, MedianDistribution candidate, double probability) {
    double ratio = candidate.quantile(HALF) / baseline.quantile(HALF);
    double above = Math.log(candidate.quantile(probability) / candidate.quantile(HALF));
    double below = Math.log(baseline.quantile(1 - probability) / baseline.quantile(HALF));
    return ratio * Math.exp(Math.copySign(Math.hypot(above, below), probability - HALF));
  }
}
