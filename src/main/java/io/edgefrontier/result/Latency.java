package io.edgefrontier.result;

/**
 * Service time of one forward call on one batch, in milliseconds.
 *
 * @param medianMs median over forks of the fork's median, times the latency multiplier
 * @param ratio to the paired reference archive
 * @param rawMs median over forks of the fork's median, uncorrected
 * @param ci95LowMs lower end of the bootstrap interval over forks of {@code medianMs}
 * @param ci95HighMs upper end of that interval
 * @param meanMs over the pooled samples, as are the following
 * @param p99Ms absent with fewer than 10 samples beyond it, as every percentile
 */
public record Latency(
    double medianMs,
    double ratio,
    double rawMs,
    double ci95LowMs,
    double ci95HighMs,
    double meanMs,
    double stdMs,
    double p50Ms,
    double p90Ms,
    double p95Ms,
    double p99Ms) {
  /** Nothing was measured. */
  public static final Latency ABSENT =
      new Latency(
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN);
}
