package io.edgefrontier.analysis;

import io.edgefrontier.result.Histogram;
import io.edgefrontier.result.JmhMetric;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import java.util.List;

/** Reduces what the forks of one metric observed to a figure of the cell. */
final class ForkMedians {
  private ForkMedians() {}

  /**
   * Returns the latency of a metric in milliseconds: the median over forks of the fork's median
   * with its bootstrap interval, and the distribution of the pooled samples. A file without raw
   * data has JMH's own median, or else its score, and no more.
   */
  static Latency latency(JmhMetric metric, ReferenceRatio reference) {
    List<Histogram> forks = metric.forks();
    if (forks.isEmpty()) {
      return Latency.ofSummary(Double.isNaN(metric.median()) ? metric.score() : metric.median());
    }
    double[] medians = medians(forks);
    double median = Statistics.median(medians);
    Interval interval = Bootstrap.ofMedian(medians);
    Histogram pooled = forks.size() == 1 ? forks.get(0) : Histogram.pooled(forks);
    return new Latency(
        median,
        reference,
        median,
        interval.low(),
        interval.high(),
        Statistics.mean(pooled),
        Statistics.standardDeviation(pooled),
        percentiles(pooled));
  }

  private static Percentiles percentiles(Histogram pooled) {
    return new Percentiles(
        Statistics.tailPercentile(pooled, 50),
        Statistics.tailPercentile(pooled, 90),
        Statistics.tailPercentile(pooled, 95),
        Statistics.tailPercentile(pooled, 99),
        Statistics.tailPercentile(pooled, 99.9));
  }

  /** Returns each fork's median. */
  static double[] medians(List<Histogram> forks) {
    double[] medians = new double[forks.size()];
    for (int i = 0; i < medians.length; i++) {
      medians[i] = Statistics.median(forks.get(i));
    }
    return medians;
  }

  /** Returns the median over forks of the fork's median, or JMH's score without raw data. */
  static double typical(JmhMetric metric) {
    return metric.forks().isEmpty() ? metric.score() : Statistics.median(medians(metric.forks()));
  }

  /** Returns {@link #typical} of operations per ms, from a metric in ms per operation. */
  static double typicalRate(JmhMetric metric) {
    return metric.forks().isEmpty() ? 1 / metric.score() : Statistics.median(rates(metric.forks()));
  }

  /** Returns each fork's median of operations per ms, from a metric in ms per operation. */
  static double[] rates(List<Histogram> forks) {
    return medians(forks.stream().map(ForkMedians::inverse).toList());
  }

  private static Histogram inverse(Histogram histogram) {
    double[] values = new double[histogram.distinct()];
    long[] counts = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 / histogram.value(i);
      counts[i] = histogram.count(i);
    }
    return Histogram.of(values, counts);
  }

  /** Returns the bootstrap interval of {@link #typical}, absent with fewer than two forks. */
  static Interval interval(JmhMetric metric) {
    return Bootstrap.ofMedian(medians(metric.forks()));
  }

  /** Returns the median over forks of the fork's largest value, or JMH's score without raw data. */
  static double highest(JmhMetric metric) {
    return metric.forks().isEmpty() ? metric.score() : Statistics.median(highest(metric.forks()));
  }

  /** Returns each fork's largest value. */
  static double[] highest(List<Histogram> forks) {
    return forks.stream().mapToDouble(fork -> fork.value(fork.distinct() - 1)).toArray();
  }
}
