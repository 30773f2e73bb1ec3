package io.edgefrontier.report;

import io.edgefrontier.track.Trend;
import io.edgefrontier.track.TrendChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Trends for the terminal: a line for each cell, below it one for each metric, below that its
 * changes. Plain ASCII but for the sparklines, if they may have block characters.
 */
public final class TrendTable {
  private static final int MOST_UNCHANGED = 40;

  private final boolean blocks;
  private final List<String> lines = new ArrayList<>();

  private TrendTable(boolean blocks) {
    this.blocks = blocks;
  }

  /**
   * Returns the lines, without line ends.
   *
   * @param trends in the order of the table; those of a cell together
   * @param blocks whether the terminal has block characters
   */
  public static List<String> lines(List<Trend> trends, boolean blocks) {
    TrendTable table = new TrendTable(blocks);
    table.add(trends);
    return List.copyOf(table.lines);
  }

  private void add(List<Trend> trends) {
    String cell = "";
    int unchanged = 0;
    for (Trend trend : trends) {
      if (trend.changes().isEmpty() && ++unchanged > MOST_UNCHANGED) {
        continue;
      }
      if (!trend.key().equals(cell)) {
        cell = trend.key();
        lines.add(TerminalTable.ascii(cell));
      }
      add(trend);
    }
    long changed = trends.stream().filter(trend -> !trend.changes().isEmpty()).count();
    lines.add("");
    lines.add(
        "%s histories, %s with changes of the program (!: the newest is for the worse)."
            .formatted(trends.size(), changed));
    lines.add("first, last: newest value against the median of the first and of the last level.");
    if (unchanged > MOST_UNCHANGED) {
      lines.add(
          "%s more without change are left out; choose with --cell or --metric, or write --csv."
              .formatted(unchanged - MOST_UNCHANGED));
    }
  }

  private void add(Trend trend) {
    double newest = trend.newest().value();
    lines.add(
        "%s %-14s %12s %-5s first %8s  last %8s  %s"
            .formatted(
                mark(trend),
                trend.metric().label(),
                Numbers.significant(newest, 5),
                trend.newest().isPaired() ? "ratio" : trend.unit(),
                percent(newest / trend.firstLevel() - 1),
                percent(newest / trend.lastLevel() - 1),
                Sparkline.of(
                    trend.comparable().stream().map(point -> point.value()).toList(), blocks)));
    for (TrendChange change : trend.changes()) {
      detail(sentence(change));
    }
    trend.conditions().forEach(this::detail);
    if (!trend.note().isEmpty()) {
      detail("no change points: " + trend.note());
    }
    if (!trend.gaps().isEmpty()) {
      detail("runs without a figure: " + trend.gaps().size());
    }
  }

  private void detail(String text) {
    lines.add("    " + TerminalTable.ascii(text));
  }

  private static String mark(Trend trend) {
    List<TrendChange> changes = trend.changes();
    if (changes.isEmpty()) {
      return " ";
    }
    return changes.get(changes.size() - 1).isWorse() ? "!" : "+";
  }

  /** Returns what changed, by how much and between which commits. */
  static String sentence(TrendChange change) {
    String skipped =
        change.skipped().isEmpty()
            ? ""
            : ", commits without a figure between them: "
                + String.join(", ", change.skipped().stream().map(TrendTable::brief).toList());
    return "%s %s: after %s, by %s (%s)%s"
        .formatted(
            change.isWorse() ? "worse" : "better",
            percent(change.relative()),
            change.before().place(),
            change.after().place(),
            change.after().time(),
            skipped);
  }

  private static String brief(String commit) {
    return commit.substring(0, Math.min(8, commit.length()));
  }

  static String percent(double share) {
    String text = Numbers.fixed(share * 100, 1);
    return (share > 0 && !text.equals("0.0") ? "+" : "") + text + " %";
  }
}
