package io.edgefrontier.result;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * One row of trend.csv: what one run found for a metric of a cell.
 *
 * @param cell its key
 * @param commit empty where it is not known
 * @param value in the unit, or a ratio to the paired reference
 * @param unit empty for a ratio, a count or a share
 * @param segment from 1; points of one segment were measured under the same conditions
 * @param changePoint whether the program changed before this point
 */
public record TrendRow(
    String cell,
    String metric,
    Instant time,
    String commit,
    String run,
    double value,
    String unit,
    boolean paired,
    int segment,
    boolean changePoint) {
  /** trend.csv; a cell has one point a metric and run. */
  public static final CsvTable<TrendRow> TABLE =
      new CsvTable<>(
          List.of(
              CsvColumn.text("cell", TrendRow::cell),
              CsvColumn.text("metric", TrendRow::metric),
              CsvColumn.text("time", row -> row.time().toString()),
              CsvColumn.text("commit", TrendRow::commit),
              CsvColumn.text("run", TrendRow::run),
              CsvColumn.number("value", TrendRow::value),
              CsvColumn.text("unit", TrendRow::unit),
              CsvColumn.flag("paired", row -> Optional.of(row.paired())),
              CsvColumn.whole("segment", TrendRow::segment),
              CsvColumn.flag("change_point", row -> Optional.of(row.changePoint()))),
          TrendRow::parse,
          row -> List.of(row.cell(), row.metric(), row.time(), row.run()));

  private static TrendRow parse(CsvRow row) throws IOException {
    return new TrendRow(
        row.requiredText("cell"),
        row.requiredText("metric"),
        time(row),
        row.text("commit"),
        row.requiredText("run"),
        row.requiredNumber("value"),
        row.text("unit"),
        row.flag("paired").orElse(false),
        row.positive("segment"),
        row.flag("change_point").orElse(false));
  }

  private static Instant time(CsvRow row) throws IOException {
    String text = row.requiredText("time");
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw row.unexpected("time", text, "a time such as 2026-11-22T22:27:19Z");
    }
  }
}
