package io.edgefrontier.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * sweep_results.csv: one row per cell.
 *
 * @param budgetsMb tracked memory budgets in MiB, one {@code violates_<b>mb} column each
 */
public record SweepTable(List<Double> budgetsMb, List<SweepRow> rows) {
  private static final String PREFIX = "violates_";
  private static final String SUFFIX = "mb";

  public SweepTable {
    budgetsMb = List.copyOf(budgetsMb);
    rows = List.copyOf(rows);
  }

  /** Returns a budget's column: 10.0 gives {@code violates_10mb}, 0.25 {@code violates_0.25mb}. */
  public static String violatesColumn(double budgetMb) {
    return PREFIX + Decimals.text(budgetMb) + SUFFIX;
  }

  /** Returns the format of a sweep_results.csv with these tracked budgets. */
  public static CsvTable<SweepRow> table(List<Double> budgetsMb) {
    return new CsvTable<>(
        SweepCsvColumns.of(budgetsMb), row -> SweepCsvParser.parse(row, budgetsMb), SweepRow::cell);
  }

  /** Writes sweep_results.csv. */
  public void write(Path target) throws IOException {
    table(budgetsMb).write(target, rows);
  }

  /**
   * Reads sweep_results.csv, or a frontier's file, which has the same columns and more.
   *
   * <p>The archives of the rows have neither path nor sample shape: they stand in variants.csv.
   *
   * @throws IOException naming file, record, column, what was found and what was expected
   */
  public static SweepTable read(Path source) throws IOException {
    List<Double> budgetsMb = budgets(source);
    return new SweepTable(budgetsMb, table(budgetsMb).read(source));
  }

  static List<Double> budgets(Path source) throws IOException {
    List<Double> budgetsMb = new ArrayList<>();
    try (CsvFile file = CsvFile.open(source)) {
      for (String column : file.columns()) {
        if (column.matches(PREFIX + "[0-9.]+([eE]-?[0-9]+)?" + SUFFIX)) {
          String budget = column.substring(PREFIX.length(), column.length() - SUFFIX.length());
          budgetsMb.add(Double.valueOf(budget));
        }
      }
    } catch (NumberFormatException e) {
      throw new IOException(source + ": a violates_<b>mb column has no number: " + e, e);
    }
    return budgetsMb;
  }
}
