package io.edgefrontier.analysis;

import io.edgefrontier.result.Histogram;
import io.edgefrontier.result.JmhMetric;
import io.edgefrontier.result.JmhResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What each fork of an entry says, one value per fork in the order of the file, reduced as the
 * merge reduces it. Empty where the file has no raw data.
 */
public final class ForkSamples {
  private static final String REFERENCE = "reference";

  private ForkSamples() {}

  /**
   * Returns each fork's ratio to the paired reference; empty where the forks had none.
   *
   * @throws IllegalArgumentException if some iteration of a paired entry has no reference
   */
  public static double[] ratios(JmhResult result) {
    JmhMetric reference = result.secondary(REFERENCE);
    return reference.forks().isEmpty() || result.primary().forks().isEmpty()
        ? new double[0]
        : ForkRatios.ofForks(result.primary(), reference);
  }

  /** Returns each fork's median time of the reference in ms; empty where the forks had none. */
  public static double[] references(JmhResult result) {
    return medians(result.secondary(REFERENCE));
  }

  /** Returns each fork's median, in the metric's unit. */
  public static double[] medians(JmhMetric metric) {
    return ForkMedians.medians(metric.forks());
  }

  /** Returns each fork's mean, in the metric's unit. */
  public static double[] means(JmhMetric metric) {
    return each(metric.forks(), Statistics::mean);
  }

  /** Returns each fork's mean number of operations per ms, from a metric in ms per operation. */
  public static double[] meanRates(JmhMetric metric) {
    return each(metric.forks(), ForkSamples::meanRate);
  }

  private static double meanRate(Histogram fork) {
    double sum = 0;
    for (int i = 0; i < fork.distinct(); i++) {
      sum += fork.count(i) / fork.value(i);
    }
    return sum / fork.total();
  }

  /** Returns each fork's median number of operations per ms, from a metric in ms per operation. */
  public static double[] rates(JmhMetric metric) {
    return ForkMedians.rates(metric.forks());
  }

  /** Returns each fork's largest value, in the metric's unit. */
  public static double[] highest(JmhMetric metric) {
    return ForkMedians.highest(metric.forks());
  }

  /**
   * Returns each fork's percentile; empty unless every fork has at least 10 observations beyond it,
   * since forks with more observations are the faster ones.
   *
   * @param percent in [0, 100]
   */
  public static double[] tails(JmhMetric metric, double percent) {
    double[] tails = each(metric.forks(), fork -> Statistics.tailPercentile(fork, percent));
    for (double tail : tails) {
      if (Double.isNaN(tail)) {
        return new double[0];
      }
    }
    return tails;
  }

  /** Returns each fork's gross energy per call in J, by the sensor that the merge takes. */
  public static double[] energies(JmhResult result) {
    return medians(CellResults.grossEnergy(result.secondary()));
  }

  private static double[] each(List<Histogram> forks, ToDoubleFunction<Histogram> value) {
    return forks.stream().mapToDouble(value).toArray();
  }
}
