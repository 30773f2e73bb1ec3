package io.edgefrontier.lower;

import io.edgefrontier.graph.QuantParams;

/**
 * Covers the values between two percentiles, to within one bin of a {@link GrowingHistogram} and
 * never beyond the values themselves.
 */
final class PercentileObserver implements ActivationObserver {
  private final double percentile;
  private final GrowingHistogram histogram = new GrowingHistogram();

  /**
   * @param percentile of the upper end, in (50, 100]; the lower end is at {@code 100 - percentile}
   */
  PercentileObserver(double percentile) {
    if (!(percentile > 50 && percentile <= 100)) {
      throw new IllegalArgumentException("percentile must be in (50, 100], got " + percentile);
    }
    this.percentile = percentile;
  }

  @Override
  public void observe(float[] values) {
    histogram.add(values);
  }

  @Override
  public QuantParams params() {
    MinMaxObserver.requireObserved(histogram.total() > 0);
    // The value that this many are no larger (at the lower end: no smaller) than.
    long rank = (long) Math.ceil(percentile / 100 * histogram.total());
    return ValueRange.around(low(rank), high(rank)).params();
  }

  private double high(long rank) {
    long below = 0;
    int bin = -1;
    while (below < rank) {
      below += histogram.count(++bin);
    }
    return Math.min(histogram.lowerEdge(bin) + histogram.width(), histogram.max());
  }

  private double low(long rank) {
    long above = 0;
    int bin = histogram.bins();
    while (above < rank) {
      above += histogram.count(--bin);
    }
    return Math.max(histogram.lowerEdge(bin), histogram.min());
  }
}
