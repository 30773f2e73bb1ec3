package io.edgefrontier.result;

import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One row of accuracy.csv: a variant's top-1 accuracy on the validation split, or why there is
 * none.
 *
 * @param samples in the validation split; 0 if unknown
 * @param correct how many of them were classified correctly
 * @param error empty, or why there is no accuracy
 */
public record AccuracyRow(
    Variant variant, long samples, long correct, Accuracy accuracy, String error) {
  /** accuracy.csv; a variant may occur only once. */
  public static final CsvTable<AccuracyRow> TABLE =
      new CsvTable<>(columns(), AccuracyRow::parse, AccuracyRow::variant);

  public AccuracyRow {
    if (samples < 0 || correct < 0 || correct > samples) {
      throw new IllegalArgumentException(
          "%s: correct must be in [0, samples], got %s of %s"
              .formatted(variant.id(), correct, samples));
    }
    if (!error.isEmpty() && !Double.isNaN(accuracy.top1())) {
      throw new IllegalArgumentException(variant.id() + ": has both an accuracy and an error");
    }
  }

  /** Returns the row of a variant that could not be evaluated. */
  public static AccuracyRow failed(Variant variant, String error) {
    return new AccuracyRow(variant, 0, 0, Accuracy.ABSENT, error);
  }

  private static List<CsvColumn<AccuracyRow>> columns() {
    List<CsvColumn<AccuracyRow>> columns =
        new ArrayList<>(CsvColumn.ofVariant(AccuracyRow::variant));
    columns.add(CsvColumn.whole("samples", AccuracyRow::samples).optional());
    columns.add(CsvColumn.whole("correct", AccuracyRow::correct).optional());
    columns.add(CsvColumn.number("accuracy", row -> row.accuracy().top1()));
    columns.add(number("accuracy_ci95_low", row -> row.accuracy().ci95Low()));
    columns.add(number("accuracy_ci95_high", row -> row.accuracy().ci95High()));
    columns.add(number("accuracy_delta", row -> row.accuracy().delta()));
    columns.add(number("accuracy_p_value", row -> row.accuracy().pValue()));
    columns.add(CsvColumn.text("error", AccuracyRow::error).optional());
    return columns;
  }

  private static CsvColumn<AccuracyRow> number(String name, ToDoubleFunction<AccuracyRow> value) {
    return CsvColumn.<AccuracyRow>number(name, value).optional();
  }

  private static AccuracyRow parse(CsvRow row) throws IOException {
    String error = row.text("error");
    if (!error.isEmpty()) {
      return failed(row.variant(), error);
    }
    double top1 = row.requiredNumber("accuracy");
    if (top1 < 0 || top1 > 1) {
      throw row.unexpected("accuracy", row.text("accuracy"), "a share in [0, 1]");
    }
    long samples = row.wholeOr("samples", 0);
    long correct = row.wholeOr("correct", 0);
    if (correct > samples) {
      throw row.unexpected("correct", row.text("correct"), "at most " + samples + " (samples)");
    }
    return new AccuracyRow(row.variant(), samples, correct, accuracy(row), "");
  }

  /** Reads the accuracy columns, which accuracy.csv and sweep_results.csv share. */
  static Accuracy accuracy(CsvRow row) throws IOException {
    return new Accuracy(
        row.number("accuracy"),
        row.number("accuracy_ci95_low"),
        row.number("accuracy_ci95_high"),
        row.number("accuracy_delta"),
        row.number("accuracy_p_value"));
  }
}
