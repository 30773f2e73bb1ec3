package io.edgefrontier.publish;

import io.edgefrontier.report.Findings;
import io.edgefrontier.result.Decimals;
import io.edgefrontier.result.SweepRow;
import java.util.Map;

/**
 * A cell of a run, as columns look at it.
 *
 * @param fields its record of sweep_results.csv: column and text
 * @param latencyToBaseline its latency divided by the baseline variant's; absent without one
 */
record RowView(
    Findings findings, SweepRow row, Map<String, String> fields, Figure latencyToBaseline) {

  String text(String column) {
    return fields.getOrDefault(column, "");
  }

  double number(String column) {
    String text = text(column);
    return text.isEmpty() ? Double.NaN : Decimals.parse(text);
  }

  boolean isFailed() {
    return !row.error().isEmpty();
  }
}
