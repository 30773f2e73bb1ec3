package io.edgefrontier.lower;

/**
 * Counts values in at most 2048 bins whose width is a power of two.
 *
 * <p>Bin {@code i} holds the values in {@code [i * width, (i + 1) * width)}. The bins cover 0 and
 * all values; the width is the smallest with which they fit. Doubling it merges pairs of bins
 * exactly, so that the counts depend on the values alone and not on their order.
 */
final class GrowingHistogram {
  static final int BINS = 2048;

  /** Exponent of the smallest positive float: with this width no two floats share a bin. */
  private static final int SMALLEST_EXPONENT = -149;

  private int exponent = SMALLEST_EXPONENT;
  private long first; // index of the bin in counts[0]
  private long[] counts = new long[1];
  private long total;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /**
   * Counts values.
   *
   * @throws IllegalArgumentException if a value is NaN or infinite
   */
  void add(float[] values) {
    if (values.length == 0) {
      return;
    }
    Extremes extremes = Extremes.of(values);
    min = Math.min(min, extremes.low());
    max = Math.max(max, extremes.high());
    cover(Math.min(min, 0), Math.max(max, 0));
    double perBin = Math.scalb(1.0, -exponent);
    int offset = Math.toIntExact(first); // 0 is in one of the bins, so it is small
    long[] counted = counts;
    for (float value : values) {
      counted[(int) Math.floor(value * perBin) - offset]++;
    }
    total += values.length;
  }

  private void cover(double low, double high) {
    int wider = exponent;
    while (index(high, wider) - index(low, wider) >= BINS) {
      wider++;
    }
    long newFirst = (long) index(low, wider);
    int shift = Math.min(wider - exponent, 63); // Java would take it modulo 64
    long[] merged = new long[(int) (index(high, wider) - newFirst) + 1];
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        merged[(int) (((first + i) >> shift) - newFirst)] += counts[i];
      }
    }
    exponent = wider;
    first = newFirst;
    counts = merged;
  }

  private static double index(double value, int exponent) {
    return Math.floor(Math.scalb(value, -exponent));
  }

  /** Returns the width of a bin. */
  double width() {
    return Math.scalb(1.0, exponent);
  }

  int bins() {
    return counts.length;
  }

  long count(int bin) {
    return counts[bin];
  }

  /** Returns the smallest number that belongs into {@code bin}. */
  double lowerEdge(int bin) {
    return (first + bin) * width();
  }

  long total() {
    return total;
  }

  /** Returns the smallest value, exactly. */
  double min() {
    return min;
  }

  /** Returns the largest value, exactly. */
  double max() {
    return max;
  }
}
