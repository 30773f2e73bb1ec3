package io.edgefrontier.analysis;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.Predictions;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.List;

/** Accuracy of each variant, and against a baseline that saw the same samples. */
public final class PairedAccuracy {
  private PairedAccuracy() {}

  /**
   * Returns one row per variant, in the same order.
   *
   * @param variants whose ids name columns of {@code predictions}
   * @param baseline what the others are compared with
   * @throws IllegalArgumentException if a variant or the baseline has no predictions
   */
  public static List<AccuracyRow> of(
      Predictions predictions, List<Variant> variants, Variant baseline) {
    int baselineColumn = column(predictions, baseline);
    List<AccuracyRow> rows = new ArrayList<>();
    for (Variant variant : variants) {
      rows.add(compare(predictions, variant, column(predictions, variant), baselineColumn));
    }
    return rows;
  }

  private static int column(Predictions predictions, Variant variant) {
    int column = predictions.variantIds().indexOf(variant.id());
    if (column < 0) {
      throw new IllegalArgumentException(
          "no predictions of %s; there are those of %s"
              .formatted(variant.id(), predictions.variantIds()));
    }
    return column;
  }

  private static AccuracyRow compare(
      Predictions predictions, Variant variant, int column, int baselineColumn) {
    long correct = 0;
    long onlyVariant = 0;
    long onlyBaseline = 0;
    for (Predictions.Sample sample : predictions.samples()) {
      boolean right = sample.predicted().get(column) == sample.label();
      boolean baselineRight = sample.predicted().get(baselineColumn) == sample.label();
      correct += right ? 1 : 0;
      onlyVariant += right && !baselineRight ? 1 : 0;
      onlyBaseline += !right && baselineRight ? 1 : 0;
    }
    long samples = predictions.samples().size();
    Interval interval = Statistics.wilson(correct, samples);
    return new AccuracyRow(
        variant,
        samples,
        correct,
        new Accuracy(
            (double) correct / samples,
            interval.low(),
            interval.high(),
            (double) (onlyVariant - onlyBaseline) / samples,
            Statistics.mcNemar(onlyVariant, onlyBaseline)),
        "");
  }
}
