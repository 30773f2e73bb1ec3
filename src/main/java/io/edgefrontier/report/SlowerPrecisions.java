package io.edgefrontier.report;

import io.edgefrontier.analysis.PrecisionTradeoffs;
import io.edgefrontier.result.PrecisionTradeoff;
import io.edgefrontier.variant.Precision;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** Says where fewer bits cost time, which nobody expects of them. */
public final class SlowerPrecisions {
  private SlowerPrecisions() {}

  /**
   * Returns a sentence for each precision that is slower than fp32 in some cell, such as {@code
   * fp16 is slower than fp32 on this machine: 1.31 to 2.05 times its latency in 4 of 4 cells.}
   */
  public static List<String> sentences(Findings findings) {
    List<PrecisionTradeoff> tradeoffs = PrecisionTradeoffs.of(findings.rows());
    List<String> sentences = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      double[] ratios =
          tradeoffs.stream()
              .filter(tradeoff -> tradeoff.cell().variant().precision() == precision)
              .mapToDouble(PrecisionTradeoff::latencyRatio)
              .filter(ratio -> !Double.isNaN(ratio))
              .toArray();
      DoubleSummaryStatistics slower = new DoubleSummaryStatistics();
      for (double ratio : ratios) {
        if (ratio > 1) {
          slower.accept(ratio);
        }
      }
      if (slower.getCount() > 0) {
        sentences.add(sentence(precision, slower, ratios.length));
      }
    }
    return sentences;
  }

  private static String sentence(Precision precision, DoubleSummaryStatistics slower, int cells) {
    String least = String.format(Locale.ROOT, "%.2f", slower.getMin());
    String most = String.format(Locale.ROOT, "%.2f", slower.getMax());
    return String.format(
        Locale.ROOT,
        "%s is slower than fp32 on this machine: %s times its latency in %d of %d cells.",
        precision.label(),
        least.equals(most) ? least : least + " to " + most,
        slower.getCount(),
        cells);
  }
}
