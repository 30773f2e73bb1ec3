package io.edgefrontier.analysis;

import io.edgefrontier.analysis.Statistics.Interval;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accuracy of variants that answered the same samples, each compared with the baseline sample by sample.
 *
 * <p>The baseline is the fp32 variant of the lowest pruning level; without fp32, the variant of the lowest level in the
 * order of {@link Precision}.
 */
public final class PairedAccuracy {
  private final int[] labels;

  /**
   * @param labels class of each validation sample
   */
  public PairedAccuracy(int[] labels) {
    this.labels = labels.clone();
  }

  /**
   * Returns a row for every variant, those with predictions first.
   *
   * @param predicted class that each variant takes each sample for
   * @param errors why the others have none
   */
  public List<AccuracyRow> rows(Map<Variant, int[]> predicted, Map<Variant, String> errors) {
    Optional<int[]> baseline =
        predicted.keySet().stream()
            .min(
                Comparator.comparing((Variant variant) -> variant.precision() != Precision.FP32)
                    .thenComparing(Variant::pruningLevel)
                    .thenComparing(Variant::precision))
            .map(predicted::get);
    List<AccuracyRow> rows = new ArrayList<>();
    predicted.forEach(
        (variant, classes) -> rows.add(row(variant, classes, baseline.orElseThrow())));
    errors.forEach((variant, error) -> rows.add(AccuracyRow.failed(variant, error)));
    return rows;
  }

  private AccuracyRow row(Variant variant, int[] classes, int[] baseline) {
    int correct = 0;
    int baselineCorrect = 0;
    int onlyThis = 0;
    int onlyBaseline = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean right = classes[i] == labels[i];
      boolean baselineRight = baseline[i] == labels[i];
      correct += right ? 1 : 0;
      baselineCorrect += baselineRight ? 1 : 0;
      onlyThis += right && !baselineRight ? 1 : 0;
      onlyBaseline += baselineRight && !right ? 1 : 0;
    }
    Interval interval = Statistics.wilson(correct, labels.length);
    Accuracy accuracy =
        new Accuracy(
            (double) correct / labels.length,
            interval.low(),
            interval.high(),
            (double) (correct - baselineCorrect) / labels.length,
            Statistics.mcNemar(onlyThis, onlyBaseline));
    return new AccuracyRow(variant, labels.length, correct, accuracy, "");
  }
}
