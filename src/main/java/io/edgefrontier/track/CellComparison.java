package io.edgefrontier.track;

import java.util.Comparator;
import java.util.List;

/**
 * What became of one cell.
 *
 * @param verdict of the whole cell: FAILED, NEW or MISSING without metrics, else the one of its
 *     metrics that comes first in {@link Verdict}
 * @param metrics one per metric that either side has
 * @param reason empty, or why the whole cell has its verdict
 */
public record CellComparison(
    String key, Verdict verdict, List<MetricVerdict> metrics, String reason) {
  public CellComparison {
    metrics = List.copyOf(metrics);
  }

  static CellComparison whole(String key, Verdict verdict, String reason) {
    return new CellComparison(key, verdict, List.of(), reason);
  }

  static CellComparison of(String key, List<MetricVerdict> metrics) {
    return metrics.stream()
        .map(MetricVerdict::verdict)
        .min(Comparator.naturalOrder())
        .map(first -> new CellComparison(key, first, metrics, ""))
        .orElseGet(() -> whole(key, Verdict.NOT_COMPARABLE, "no figures in the baseline nor here"));
  }
}
