package io.edgefrontier.result;

import java.util.Arrays;
import java.util.List;

/** How often each value was observed, in ascending order of the values; never expanded. */
public final class Histogram {
  private final double[] values;
  private final long[] counts;
  private final long total;

  private Histogram(double[] values, long[] counts) {
    this.values = values;
    this.counts = counts;
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    this.total = sum;
  }

  /**
   * Returns the histogram of these observations; equal values are counted together.
   *
   * @param values finite
   * @param counts how often each was observed, at least once
   */
  public static Histogram of(double[] values, long[] counts) {
    if (values.length != counts.length) {
      throw new IllegalArgumentException(
          "%s values have %s counts".formatted(values.length, counts.length));
    }
    return of(values, counts, 0, values.length);
  }

  /** Returns the histogram of the observations from {@code start} up to {@code end}. */
  static Histogram of(double[] values, long[] counts, int start, int end) {
    return ofOwn(Arrays.copyOfRange(values, start, end), Arrays.copyOfRange(counts, start, end));
  }

  private static Histogram ofOwn(double[] values, long[] counts) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i]) || counts[i] < 1) {
        throw new IllegalArgumentException(
            "an observation must be finite and counted, got %s x %s"
                .formatted(values[i], counts[i]));
      }
    }
    if (isAscending(values)) { // common, and a million of them add up
      return new Histogram(values, counts);
    }
    double[] distinct = sortedDistinct(values);
    long[] sums = new long[distinct.length];
    for (int i = 0; i < values.length; i++) {
      sums[Arrays.binarySearch(distinct, values[i])] += counts[i];
    }
    return new Histogram(distinct, sums);
  }

  private static boolean isAscending(double[] values) {
    for (int i = 1; i < values.length; i++) {
      if (Double.compare(values[i - 1], values[i]) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static double[] sortedDistinct(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int size = 0;
    for (double value : sorted) {
      // The order of sort and binarySearch, in which -0.0 comes before 0.0.
      if (size == 0 || Double.compare(value, sorted[size - 1]) != 0) {
        sorted[size++] = value;
      }
    }
    return Arrays.copyOf(sorted, size);
  }

  /** Returns the histogram of values that were observed once each. */
  public static Histogram of(double... values) {
    long[] once = new long[values.length];
    Arrays.fill(once, 1);
    return of(values, once);
  }

  /** Returns the histogram of everything in {@code parts}. */
  public static Histogram pooled(List<Histogram> parts) {
    int size = 0;
    for (Histogram part : parts) {
      size += part.values.length;
    }
    double[] values = new double[size];
    long[] counts = new long[size];
    int end = 0;
    for (Histogram part : parts) {
      System.arraycopy(part.values, 0, values, end, part.values.length);
      System.arraycopy(part.counts, 0, counts, end, part.counts.length);
      end += part.values.length;
    }
    return ofOwn(values, counts);
  }

  /** Returns the number of observations. */
  public long total() {
    return total;
  }

  /** Returns the number of distinct values. */
  public int distinct() {
    return values.length;
  }

  /** Returns the {@code i}-th smallest distinct value. */
  public double value(int i) {
    return values[i];
  }

  /** Returns how often the {@code i}-th smallest distinct value was observed. */
  public long count(int i) {
    return counts[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram that
        && Arrays.equals(values, that.values)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "Histogram[values=%s, counts=%s]"
        .formatted(Arrays.toString(values), Arrays.toString(counts));
  }
}
