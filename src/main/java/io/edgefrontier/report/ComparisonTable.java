package io.edgefrontier.report;

import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.RunComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A comparison in the terminal, in plain ASCII: changed rows first. The cell's name stands last,
 * since it may have any length.
 */
public final class ComparisonTable {
  private static final int MAX_ROWS = 200;
  private static final int REASON = 400;

  private static final List<String> TITLES =
      List.of("verdict", "metric", "baseline -> candidate", "ratio", "p", "finds");

  private static final List<Function<Change, String>> TEXTS =
      List.of(
          Change::verdictText,
          Change::metric,
          Change::values,
          Change::ratio,
          Change::adjustedP,
          Change::detectable);

  private ComparisonTable() {}

  /**
   * Returns the lines, without line ends; of a large comparison the first 200 rows.
   *
   * @param deltas by which the runs were compared
   */
  public static List<String> lines(RunComparison comparison, Deltas deltas) {
    List<Change> all = Change.sorted(comparison);
    List<Change> shown = all.subList(0, Math.min(MAX_ROWS, all.size()));
    CellNames names = CellNames.of(all.stream().map(Change::key).distinct().toList());
    List<String> lines = new ArrayList<>();
    lines.add("baseline   " + ComparisonWording.run(comparison.baseline()));
    lines.add("candidate  " + ComparisonWording.run(comparison.candidate()));
    if (!names.shared().isEmpty()) {
      lines.add("all cells  " + names.shared());
    }
    lines.add("");
    lines.addAll(rows(shown, names));
    if (all.size() > shown.size()) {
      lines.add(
          "and %s more rows, none of which ranks before these: --json FILE writes them all"
              .formatted(all.size() - shown.size()));
    }
    lines.add("");
    lines.addAll(ComparisonWording.metrics(comparison, deltas));
    lines.add(ComparisonWording.LEGEND);
    lines.add("");
    lines.add(ComparisonWording.counts(comparison));
    return lines.stream().map(line -> TerminalTable.ascii(line).stripTrailing()).toList();
  }

  private static List<String> rows(List<Change> changes, CellNames names) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(TITLES);
    changes.forEach(change -> cells.add(TEXTS.stream().map(text -> text.apply(change)).toList()));
    int[] widths = new int[TITLES.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(cells.get(0), widths, "cell"));
    int first = 0; // of the rows that have the same reason
    for (int i = 0; i < changes.size(); i++) {
      String reason = changes.get(i).reason();
      lines.add(line(cells.get(i + 1), widths, names.of(changes.get(i).key())));
      boolean isLast = i + 1 == changes.size() || !changes.get(i + 1).reason().equals(reason);
      if (isLast) {
        lines.addAll(reason(reason, i + 1 - first));
        first = i + 1;
      }
    }
    return lines;
  }

  private static List<String> reason(String reason, int rows) {
    if (reason.isEmpty()) {
      return List.of();
    }
    String which = rows == 1 ? "" : "these %s: ".formatted(rows);
    return List.of("    " + which + ChangeText.clip(reason, REASON));
  }

  private static String line(List<String> texts, int[] widths, String name) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String text = texts.get(i);
      line.append(text).append(" ".repeat(widths[i] - text.length() + 2));
    }
    return line.append(name).toString();
  }
}
