package io.edgefrontier.result;

/**
 * Percentiles of times in milliseconds; one with fewer than 10 samples beyond it is absent.
 *
 * @param p50Ms the median
 * @param p999Ms 99.9 % are at most as long
 */
public record Percentiles(double p50Ms, double p90Ms, double p95Ms, double p99Ms, double p999Ms) {
  /** Nothing was measured. */
  public static final Percentiles ABSENT =
      new Percentiles(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
