package io.edgefrontier.report;

import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A table of what cells do under load; apart from the main one, because these figures are no
 * service times.
 *
 * @param title one sentence that says what the figures are
 * @param columns those that name the cell first
 * @param rows those that have such a figure
 */
record LoadTable(String title, List<Column> columns, List<SweepRow> rows) {
  private static final int DIGITS = 3;

  LoadTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Returns the tables for which something was measured. */
  static List<LoadTable> of(Findings findings) {
    List<LoadTable> tables = new ArrayList<>(List.of(throughput(findings), openLoop(findings)));
    tables.removeIf(table -> table.rows().isEmpty());
    return tables;
  }

  private static LoadTable throughput(Findings findings) {
    ToDoubleFunction<SweepRow> figure = row -> row.load().throughputSps();
    List<SweepRow> rows = rows(findings, figure);
    List<Column> columns = new ArrayList<>(new SweepColumns(findings).naming());
    columns.add(number("throughput", "samples/s", rows, figure));
    return new LoadTable("Throughput of calls back to back, median over forks.", columns, rows);
  }

  private static LoadTable openLoop(Findings findings) {
    ToDoubleFunction<SweepRow> rate = row -> row.load().response().arrivalRatePerS();
    List<SweepRow> rows = rows(findings, rate);
    List<Column> columns = new ArrayList<>(new SweepColumns(findings).naming());
    columns.add(number("arrivals", "1/s", rows, rate));
    columns.add(response("p50", rows, Percentiles::p50Ms));
    columns.add(response("p90", rows, Percentiles::p90Ms));
    columns.add(response("p99", rows, Percentiles::p99Ms));
    columns.add(response("p99.9", rows, Percentiles::p999Ms));
    return new LoadTable(
        "Response time from arrival to answer, queueing included, median over forks.",
        columns,
        rows);
  }

  private static List<SweepRow> rows(Findings findings, ToDoubleFunction<SweepRow> figure) {
    return findings.measured().stream()
        .filter(row -> !Double.isNaN(figure.applyAsDouble(row)))
        .toList();
  }

  private static Column response(
      String title, List<SweepRow> rows, ToDoubleFunction<Percentiles> value) {
    return number(
        title,
        Unit.MILLISECOND.symbol(),
        rows,
        row -> value.applyAsDouble(row.load().response().percentiles()));
  }

  private static Column number(
      String title, String unit, List<SweepRow> rows, ToDoubleFunction<SweepRow> value) {
    int columnPlaces = Numbers.places(rows.stream().mapToDouble(value), DIGITS);
    return Column.number(
        title,
        unit,
        row -> {
          double number = value.applyAsDouble(row);
          return Numbers.fixed(number, Numbers.places(number, columnPlaces));
        });
  }
}
