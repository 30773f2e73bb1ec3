package io.edgefrontier.page;

import io.edgefrontier.result.Histogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Latency samples in few enough numbers for a page: bins of equal width on a logarithmic axis.
 * Latencies have long tails, so the last samples are told apart: a single slow one would otherwise
 * squeeze all others into a few bins.
 *
 * @param bins in ascending order without a gap; empty ones in between are there, too
 * @param beyond samples above the last bin
 * @param quantiles least, lower quartile, median, upper quartile and greatest sample, ms
 */
record BinnedSamples(List<Bin> bins, long beyond, List<Double> quantiles) {
  private static final double[] QUANTILES = {0, 0.25, 0.5, 0.75, 1};

  /** Somewhat more than Rice's rule of 2 bins for each cube root of the number of samples. */
  private static final double BINS_PER_ROOT = 3;

  /** Share of the samples that the bins hold, at least. */
  private static final double BODY = 0.995;

  BinnedSamples {
    bins = List.copyOf(bins);
    quantiles = List.copyOf(quantiles);
  }

  /**
   * Samples that are about the same.
   *
   * @param ms geometric middle of the bin
   */
  record Bin(double ms, long count) {}

  /**
   * Sorts samples into bins.
   *
   * @param samples at least one; all above 0
   * @param factor what each is multiplied by
   * @param most number of bins, at least 1; few samples get fewer, so that a bin is more than noise
   */
  static BinnedSamples of(Histogram samples, double factor, int most) {
    double low = samples.value(0);
    double high = quantile(samples, BODY);
    List<Double> quantiles = new ArrayList<>();
    for (double share : QUANTILES) {
      quantiles.add(quantile(samples, share) * factor);
    }
    if (!(low > 0) || low == high) {
      long body = countUpTo(samples, high);
      return new BinnedSamples(
          List.of(new Bin(high * factor, body)), samples.total() - body, quantiles);
    }
    int size =
        (int) Math.max(1, Math.min(most, BINS_PER_ROOT * Math.cbrt((double) samples.total())));
    double width = Math.log(high / low) / size;
    List<Long> counts = new ArrayList<>(Collections.nCopies(size, 0L));
    long beyond = 0;
    for (int i = 0; i < samples.distinct(); i++) {
      if (samples.value(i) > high) {
        beyond += samples.count(i);
      } else {
        int bin = Math.min(size - 1, (int) (Math.log(samples.value(i) / low) / width));
        counts.set(bin, counts.get(bin) + samples.count(i));
      }
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      bins.add(new Bin(low * Math.exp((i + 0.5) * width) * factor, counts.get(i)));
    }
    return new BinnedSamples(bins, beyond, quantiles);
  }

  /** Returns the least value that is not below so large a share of the samples. */
  private static double quantile(Histogram samples, double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * samples.total()));
    long seen = 0;
    for (int i = 0; i < samples.distinct(); i++) {
      seen += samples.count(i);
      if (seen >= wanted) {
        return samples.value(i);
      }
    }
    return samples.value(samples.distinct() - 1);
  }

  private static long countUpTo(Histogram samples, double high) {
    long count = 0;
    for (int i = 0; i < samples.distinct() && samples.value(i) <= high; i++) {
      count += samples.count(i);
    }
    return count;
  }
}
