package io.edgefrontier.report;

import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.RunComparison;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A comparison as a comment on a pull request: changed rows in a table, the rest folded away, in
 * fewer than 60 KB, as GitHub takes 64. Names of cells and reasons are foreign text: they render as
 * themselves and notify nobody.
 */
public final class ComparisonMarkdown {
  /** Bytes in UTF-8 that a document has at most. */
  static final int MAX_BYTES = 60_000;

  private static final int FOR_THE_END = 600;

  /** More than the sentences on every metric take. */
  private static final int METHOD_BYTES = 8_000;

  private static final int SHARED = 500;
  private static final int CELL = 300;
  private static final int REASON = 200;
  private static final String HEADER =
      """
      | verdict | cell | metric | baseline -> candidate | ratio | p | finds |
      |---|---|---|---|---|---:|---:|
      """;

  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private int leftOut;

  private ComparisonMarkdown() {}

  /**
   * Returns the document, with a line end at its end.
   *
   * @param title of one line
   * @param deltas by which the runs were compared
   */
  public static String text(String title, RunComparison comparison, Deltas deltas) {
    return new ComparisonMarkdown().document(title, comparison, deltas);
  }

  private String document(String title, RunComparison comparison, Deltas deltas) {
    List<Change> all = Change.sorted(comparison);
    List<Change> changed = all.stream().filter(Change::isChanged).toList();
    List<Change> rest = all.stream().filter(change -> !change.isChanged()).toList();
    CellNames names = CellNames.of(all.stream().map(Change::key).distinct().toList());
    append("### " + inert(ChangeText.clip(title, CELL)) + "\n\n");
    append("**" + ComparisonWording.counts(comparison) + "**\n\n");
    append(
        "Baseline %s, candidate %s.\n\n"
            .formatted(
                inert(ComparisonWording.run(comparison.baseline())),
                inert(ComparisonWording.run(comparison.candidate()))));
    if (!names.shared().isEmpty()) {
      append("All cells: " + inert(ChangeText.clip(names.shared(), SHARED)) + "\n\n");
    }
    if (!changed.isEmpty()) {
      appendTable(changed, names);
    }
    if (!rest.isEmpty()) {
      append("<details><summary>%s rows without a change</summary>\n\n".formatted(rest.size()));
      appendTable(rest, names);
      append("</details>\n\n");
    }
    if (leftOut > 0) {
      append("%s rows are left out here; the JSON has them all.\n\n".formatted(leftOut));
    }
    return Wording.encodable(text.toString() + method(comparison, deltas));
  }

  private static String method(RunComparison comparison, Deltas deltas) {
    StringBuilder method = new StringBuilder();
    method.append("<details><summary>What unchanged means</summary>\n\n");
    ComparisonWording.metrics(comparison, deltas)
        .forEach(sentence -> method.append("- ").append(inert(sentence)).append('\n'));
    return method
        .append('\n')
        .append(inert(ComparisonWording.LEGEND))
        .append("\n\n</details>\n")
        .toString();
  }

  /** Appends as many rows as fit. */
  private void appendTable(List<Change> changes, CellNames names) {
    append(HEADER);
    for (int i = 0; i < changes.size(); i++) {
      String row = leftOut > 0 ? "" : row(changes.get(i), names);
      if (leftOut > 0 || bytes + length(row) > MAX_BYTES - FOR_THE_END - METHOD_BYTES) {
        leftOut += changes.size() - i;
        break;
      }
      append(row);
    }
    append("\n");
  }

  private static String row(Change change, CellNames names) {
    String reason =
        change.reason().isEmpty() ? "" : "<br>" + inert(ChangeText.clip(change.reason(), REASON));
    String verdict = change.verdict().label().replace('_', ' ');
    return "| %s | %s%s | %s | %s | %s | %s | %s |\n"
        .formatted(
            change.isChanged() ? "**" + verdict + "**" : verdict,
            inert(ChangeText.clip(names.of(change.key()), CELL)),
            reason,
            inert(change.metric()),
            figure(change.values()),
            figure(change.ratio()),
            figure(change.adjustedP()),
            figure(change.detectable()));
  }

  private static String figure(String text) {
    return text.equals(Numbers.ABSENT) ? "" : inert(text);
  }

  /** Returns text that renders as itself, and makes no mention or reference on GitHub. */
  private static String inert(String foreign) {
    // GitHub looks for names and numbers right behind these; an invisible space keeps them apart.
    return Markdown.text(foreign)
        .replace("#", "#&#8203;") // first, since the entity itself has one
        .replace("@", "@&#8203;")
        .replaceAll("(?i)\\b(gh)-", "$1&#8203;-");
  }

  private void append(String part) {
    text.append(part);
    bytes += length(part);
  }

  private static int length(String part) {
    return part.getBytes(StandardCharsets.UTF_8).length;
  }
}
