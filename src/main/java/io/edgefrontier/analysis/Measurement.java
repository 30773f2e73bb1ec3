package io.edgefrontier.analysis;

import io.edgefrontier.result.Histogram;
import io.edgefrontier.result.JmhMetric;
import io.edgefrontier.result.Latency;
import java.util.List;

/**
 * What JMH's results say of one cell, without the observations themselves.
 *
 * @param latency uncorrected; a {@code medianMs} of NaN means that there is none
 * @param forks JVM forks behind the latency
 * @param samples latency samples over all forks
 * @param coldStartMs median over forks
 * @param modelLoadMs median over forks
 * @param peakRssMb median over forks of the fork's largest
 * @param modelRssMb median over forks of the fork's largest
 */
public record Measurement(
    Latency latency,
    int forks,
    long samples,
    double coldStartMs,
    double modelLoadMs,
    double peakRssMb,
    double modelRssMb) {
  /** JMH's results do not have the cell. */
  public static final Measurement ABSENT =
      new Measurement(Latency.ABSENT, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * Returns the latency of a metric in milliseconds: the median over forks of the fork's median
   * with its bootstrap interval, and the distribution of the pooled samples. A file without raw
   * data has JMH's own median, or else its score, and no more.
   */
  static Latency latency(JmhMetric metric) {
    List<Histogram> forks = metric.forks();
    if (forks.isEmpty()) {
      double summary = Double.isNaN(metric.median()) ? metric.score() : metric.median();
      return ofSummary(summary);
    }
    double[] medians = medians(forks);
    double median = Statistics.median(medians);
    Interval interval = Bootstrap.ofMedian(medians);
    Histogram pooled = forks.size() == 1 ? forks.get(0) : Histogram.pooled(forks);
    return new Latency(
        median,
        Double.NaN,
        median,
        interval.low(),
        interval.high(),
        Statistics.mean(pooled),
        Statistics.standardDeviation(pooled),
        Statistics.tailPercentile(pooled, 50),
        Statistics.tailPercentile(pooled, 90),
        Statistics.tailPercentile(pooled, 95),
        Statistics.tailPercentile(pooled, 99));
  }

  private static double[] medians(List<Histogram> forks) {
    double[] medians = new double[forks.size()];
    for (int i = 0; i < medians.length; i++) {
      medians[i] = Statistics.median(forks.get(i));
    }
    return medians;
  }

  private static Latency ofSummary(double ms) {
    double none = Double.NaN;
    return new Latency(ms, none, ms, none, none, none, none, none, none, none, none);
  }

  /** Returns the median over forks of the fork's median, or JMH's score without raw data. */
  static double typical(JmhMetric metric) {
    return metric.forks().isEmpty() ? metric.score() : Statistics.median(medians(metric.forks()));
  }

  /** Returns the median over forks of the fork's largest value, or JMH's score without raw data. */
  static double highest(JmhMetric metric) {
    return metric.forks().isEmpty()
        ? metric.score()
        : Statistics.median(
            metric.forks().stream().mapToDouble(fork -> fork.value(fork.distinct() - 1)).toArray());
  }
}
