package io.edgefrontier.analysis;

import io.edgefrontier.result.Histogram;
import io.edgefrontier.result.JmhMetric;
import io.edgefrontier.result.ReferenceRatio;
import java.util.List;

/**
 * The ratios of a cell's forks to the paired reference: of each fork the median over its iterations
 * of the candidate's median in the iteration divided by the reference's around it.
 */
final class ForkRatios {
  private ForkRatios() {}

  /**
   * Returns the ratio of a cell with its interval; the reference's own time is left to be filled
   * in.
   *
   * @param candidate observations of each iteration
   * @param reference one median per iteration
   * @throws IllegalArgumentException if some iteration has no reference
   */
  static ReferenceRatio of(JmhMetric candidate, JmhMetric reference) {
    double[] ratios = ofForks(candidate, reference);
    Interval interval = Bootstrap.ofMedian(ratios);
    return new ReferenceRatio(
        Statistics.median(ratios), interval.low(), interval.high(), Double.NaN);
  }

  /**
   * Returns the ratio of each fork.
   *
   * @throws IllegalArgumentException if some iteration has no reference
   */
  static double[] ofForks(JmhMetric candidate, JmhMetric reference) {
    double[] ratios = new double[candidate.forks().size()];
    check(ratios.length == reference.forks().size(), reference.forks().size() + " forks");
    for (int fork = 0; fork < ratios.length; fork++) {
      ratios[fork] = ofFork(candidate.iterations(fork), reference.iterations(fork));
    }
    return ratios;
  }

  private static double ofFork(List<Histogram> candidate, List<Histogram> reference) {
    check(candidate.size() == reference.size(), reference.size() + " iterations of a fork");
    double[] ratios = new double[candidate.size()];
    for (int i = 0; i < ratios.length; i++) {
      double referenceMs = Statistics.median(reference.get(i));
      check(referenceMs > 0, referenceMs + " ms");
      ratios[i] = Statistics.median(candidate.get(i)) / referenceMs;
    }
    return Statistics.median(ratios);
  }

  private static void check(boolean paired, String found) {
    if (!paired) {
      throw new IllegalArgumentException(
          "secondary result 'reference' has %s, expected a time for every measured iteration"
              .formatted(found));
    }
  }
}
