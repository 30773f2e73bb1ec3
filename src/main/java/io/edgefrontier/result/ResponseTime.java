package io.edgefrontier.result;

/**
 * Time from a request's arrival to its answer, queueing included, when requests arrive at random
 * whether or not the one before is done.
 *
 * @param arrivalRatePerS requests per second, on average
 * @param percentiles median over forks of the fork's
 */
public record ResponseTime(double arrivalRatePerS, Percentiles percentiles) {
  /** Nothing was measured. */
  public static final ResponseTime ABSENT = new ResponseTime(Double.NaN, Percentiles.ABSENT);
}
