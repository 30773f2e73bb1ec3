package io.edgefrontier.result;

/**
 * What a cell does when it is kept busy.
 *
 * @param throughputSps samples per second of calls back to back, as JMH's throughput mode measures
 *     them; median over forks
 * @param response when requests arrive on their own
 */
public record UnderLoad(double throughputSps, ResponseTime response) {
  /** Nothing was measured. */
  public static final UnderLoad ABSENT = new UnderLoad(Double.NaN, ResponseTime.ABSENT);
}
