package io.edgefrontier.track;

/**
 * The verdict on one metric of one cell.
 *
 * @param key of the cell
 * @param baseline typical value in the metric's unit; NaN where it is not known
 * @param candidate likewise
 * @param reason empty, or what a reader needs to know besides the figures
 */
public record MetricVerdict(
    String key,
    Metric metric,
    Verdict verdict,
    double baseline,
    double candidate,
    Effect effect,
    String reason) {}
