package io.edgefrontier.result;

/**
 * Energy of one inference in joules.
 *
 * @param proxyJ modelled: power in watts x latency in seconds
 * @param measuredJ from a sensor, gross
 * @param netJ from a sensor, minus idle
 * @param source sensor and domain; empty when nothing was measured
 */
public record Energy(double proxyJ, double measuredJ, double netJ, String source) {
  /** Nothing is known. */
  public static final Energy ABSENT = new Energy(Double.NaN, Double.NaN, Double.NaN, "");
}
