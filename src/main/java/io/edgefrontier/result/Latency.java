package io.edgefrontier.result;

/**
 * Service time of one forward call on one batch, in milliseconds.
 *
 * @param medianMs the ratio to the reference times the reference's median; without a reference
 *     {@code rawMs}; either way times the latency multiplier
 * @param reference the ratio to the reference, if it was timed
 * @param rawMs median over forks of the fork's median, uncorrected
 * @param ci95LowMs lower end of the bootstrap interval over forks of {@code medianMs}
 * @param ci95HighMs upper end of that interval
 * @param meanMs over the pooled samples, uncorrected but for the latency multiplier, as are the
 *     following
 */
public record Latency(
    double medianMs,
    ReferenceRatio reference,
    double rawMs,
    double ci95LowMs,
    double ci95HighMs,
    double meanMs,
    double stdMs,
    Percentiles percentiles) {
  /** Nothing was measured. */
  public static final Latency ABSENT = ofSummary(Double.NaN);

  /** Returns a latency of which nothing but one figure is known. */
  public static Latency ofSummary(double ms) {
    return new Latency(
        ms,
        ReferenceRatio.ABSENT,
        ms,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Percentiles.ABSENT);
  }
}
