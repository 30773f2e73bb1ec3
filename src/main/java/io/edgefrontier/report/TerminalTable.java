package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table that ends a run in the terminal: sorted by latency, failed cells last with their
 * reason, then the legend. Plain ASCII, at most 100 characters a line.
 */
public final class TerminalTable {
  private static final int WIDTH = 100;

  private final Findings findings;
  private final List<SweepRow> rows;
  private final List<Printed> naming;
  private final List<Printed> found;
  private final List<String> dropped = new ArrayList<>();

  private TerminalTable(Findings findings) {
    SweepColumns columns = new SweepColumns(findings);
    this.findings = findings;
    this.rows = findings.byLatency();
    this.naming = columns.naming().stream().map(column -> Printed.of(column, rows, true)).toList();
    this.found =
        new ArrayList<>(
            columns.findings().stream().map(column -> Printed.of(column, rows, false)).toList());
  }

  /** Returns the lines of the table and of its legend, without line ends. */
  public static List<String> lines(Findings findings) {
    return new TerminalTable(findings).lines();
  }

  private List<String> lines() {
    boolean fits = width(1) <= WIDTH;
    while (!fits) {
      fits = !dropColumn() || width(1) <= WIDTH;
    }
    String gap = width(2) <= WIDTH ? "  " : " ";
    List<String> lines = new ArrayList<>();
    lines.add(header(gap, false));
    lines.add(header(gap, true));
    for (int i = 0; i < rows.size(); i++) {
      lines.add(line(i, gap));
    }
    lines.add("");
    lines.addAll(legend());
    LoadTable.of(findings).forEach(table -> lines.addAll(lines(table)));
    return lines.stream().map(line -> clip(line.stripTrailing())).toList();
  }

  /** Drops the column that a reader misses least; returns whether there was one to drop. */
  private boolean dropColumn() {
    Optional<Printed> next =
        found.stream()
            .filter(printed -> printed.column().dropOrder() > 0)
            .min(Comparator.comparingInt(printed -> printed.column().dropOrder()));
    next.ifPresent(printed -> dropped.add(name(printed.column())));
    return next.map(found::remove).orElse(false);
  }

  /** Returns the title, and the unit where two columns have one title. */
  private String name(Column column) {
    long namesakes =
        found.stream().filter(other -> other.column().title().equals(column.title())).count();
    return namesakes == 1 ? column.title() : column.title() + " (" + column.unit() + ")";
  }

  private int width(int gap) {
    int width = 1;
    for (List<Printed> columns : List.of(naming, found)) {
      for (Printed printed : columns) {
        width += gap + printed.width();
      }
    }
    return width;
  }

  private String header(String gap, boolean units) {
    StringBuilder line = new StringBuilder(" ");
    for (List<Printed> columns : List.of(naming, found)) {
      for (Printed printed : columns) {
        Column column = printed.column();
        line.append(gap).append(printed.pad(units ? column.unit() : column.title()));
      }
    }
    return line.toString();
  }

  private String line(int index, String gap) {
    SweepRow row = rows.get(index);
    StringBuilder line = new StringBuilder(findings.isRecommended(row) ? "*" : " ");
    for (Printed printed : naming) {
      line.append(gap).append(printed.pad(printed.texts().get(index)));
    }
    if (!row.error().isEmpty()) {
      return line.append(gap).append("failed: ").append(ascii(row.error())).toString();
    }
    for (Printed printed : found) {
      line.append(gap).append(printed.pad(printed.texts().get(index)));
    }
    return line.toString();
  }

  private List<String> legend() {
    List<String> lines = new ArrayList<>();
    lines.add(
        findings.hasAccuracy()
            ? "* recommended. front: on the frontier against L latency, E energy, M model memory."
            : Wording.NO_ACCURACY);
    if (!findings.hasAccuracy()) {
      lines.add(Wording.marks(findings));
    }
    lines.add(
        "+- half of the 95 % interval; [ ] 95 % interval; - absent. mod.: modelled, not measured.");
    lines.add(ascii(Wording.budgets(findings)));
    if (!dropped.isEmpty()) {
      lines.add("Left out for width: " + String.join(", ", dropped) + "; see sweep_results.csv.");
    }
    if (!Wording.disturbed(findings).isEmpty()) {
      lines.add(Wording.disturbed(findings));
    }
    if (!Wording.energySources(findings).isEmpty()) {
      lines.add(ascii("meas.: measured by " + Wording.energySources(findings) + "."));
    }
    if (findings.rough()) {
      lines.add(Wording.ROUGH);
    }
    return lines;
  }

  private static List<String> lines(LoadTable table) {
    List<Printed> columns =
        table.columns().stream().map(column -> Printed.of(column, table.rows(), true)).toList();
    List<String> lines = new ArrayList<>(List.of("", table.title()));
    lines.add(joined(columns, printed -> printed.column().title()));
    lines.add(joined(columns, printed -> printed.column().unit()));
    for (int i = 0; i < table.rows().size(); i++) {
      int row = i;
      lines.add(joined(columns, printed -> printed.texts().get(row)));
    }
    return lines;
  }

  private static String joined(List<Printed> columns, Function<Printed, String> text) {
    StringBuilder line = new StringBuilder(" ");
    columns.forEach(printed -> line.append("  ").append(printed.pad(text.apply(printed))));
    return line.toString();
  }

  private static String clip(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 3) + "...";
  }

  /** Makes foreign text safe for any terminal: no control sequences, nothing but ASCII. */
  static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    for (char c : text.replace("± ", "+-").toCharArray()) {
      if (Character.isWhitespace(c)) {
        ascii.append(' ');
      } else {
        ascii.append(c > ' ' && c < 127 ? c : '?');
      }
    }
    return ascii.toString();
  }

  /** A column with its text for each row, empty where a failed row has none. */
  private record Printed(Column column, List<String> texts, int width) {
    static Printed of(Column column, List<SweepRow> rows, boolean names) {
      List<String> texts =
          rows.stream()
              .map(row -> names || row.error().isEmpty() ? ascii(column.text().apply(row)) : "")
              .toList();
      int header = Math.max(column.title().length(), column.unit().length());
      int widest = texts.stream().mapToInt(String::length).max().orElse(0);
      return new Printed(column, texts, Math.max(header, widest));
    }

    String pad(String text) {
      String space = " ".repeat(width - text.length());
      return column.right() ? space + text : text + space;
    }
  }
}
