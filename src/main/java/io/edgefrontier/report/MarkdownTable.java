package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The result table in Markdown: sorted by latency, aligned in its source, failed cells last. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /** Returns the lines of the table, without line ends; the recommended cell's name is bold. */
  public static List<String> lines(Findings findings) {
    SweepColumns columns = new SweepColumns(findings);
    List<Column> naming = columns.naming();
    List<Column> all = new ArrayList<>(naming);
    all.addAll(columns.findings());
    List<List<String>> cells = new ArrayList<>();
    cells.add(all.stream().map(MarkdownTable::header).toList());
    for (SweepRow row : findings.byLatency()) {
      cells.add(
          all.stream()
              .map(column -> cell(findings, row, column, naming.contains(column)))
              .toList());
    }
    return aligned(cells, i -> all.get(i).right());
  }

  /** Returns the lines of a table about load, without line ends. */
  static List<String> lines(LoadTable table) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(table.columns().stream().map(MarkdownTable::header).toList());
    for (SweepRow row : table.rows()) {
      cells.add(
          table.columns().stream()
              .map(column -> Markdown.text(column.text().apply(row).strip()))
              .toList());
    }
    return aligned(cells, i -> table.columns().get(i).right());
  }

  /** Returns a table of names and texts. */
  static List<String> pairs(String name, String text, Iterable<List<String>> pairs) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of(name, text));
    for (List<String> pair : pairs) {
      cells.add(pair.stream().map(Markdown::text).toList());
    }
    return aligned(cells, i -> false);
  }

  private static String header(Column column) {
    return column.unit().isEmpty()
        ? column.title()
        : column.title() + " (" + Markdown.text(column.unit()) + ")";
  }

  private static String cell(Findings findings, SweepRow row, Column column, boolean names) {
    if (!names && !row.error().isEmpty()) {
      return column.title().equals(SweepColumns.VERDICT) ? "failed" : Numbers.ABSENT;
    }
    String text = Markdown.text(column.text().apply(row).strip());
    return names && findings.isRecommended(row) ? "**" + text + "**" : text;
  }

  private static List<String> aligned(List<List<String>> cells, IntFunction<Boolean> right) {
    int columns = cells.get(0).size();
    int[] widths =
        IntStream.range(0, columns)
            .map(i -> cells.stream().mapToInt(row -> length(row.get(i))).max().orElse(0))
            .map(width -> Math.max(width, 3))
            .toArray();
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder("|");
      for (int i = 0; i < columns; i++) {
        String space = " ".repeat(widths[i] - length(row.get(i)));
        String text = right.apply(i) ? space + row.get(i) : row.get(i) + space;
        line.append(' ').append(text).append(" |");
      }
      lines.add(line.toString());
    }
    StringBuilder rule = new StringBuilder("|");
    for (int i = 0; i < columns; i++) {
      String dashes = "-".repeat(widths[i] + 1);
      rule.append(right.apply(i) ? dashes + ":|" : dashes + "-|");
    }
    lines.add(1, rule.toString());
    return lines;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
