package io.edgefrontier.publish;

import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.PublishedTable.Field;
import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.PublishedTable.Section;
import io.edgefrontier.report.DisplayWidth;
import io.edgefrontier.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table in GitHub's Markdown, aligned in its source. */
final class MarkdownText {
  private static final String ABSENT = "-";

  private final PublishedTable table;
  private final List<Boolean> right;
  private final List<String> lines = new ArrayList<>();

  private MarkdownText(PublishedTable table) {
    this.table = table;
    this.right = table.columns().stream().map(Heading::isNumeric).toList();
  }

  /** Returns the table, then what explains it. */
  static String of(PublishedTable table) {
    return new MarkdownText(table).text();
  }

  private String text() {
    paragraph(escaped(table.caption()));
    for (Section section : table.sections()) {
      if (!section.title().isEmpty()) {
        paragraph("**" + escaped(section.title()) + "**");
      }
      List<List<String>> cells = new ArrayList<>(List.of(header()));
      section
          .rows()
          .forEach(row -> cells.add(table.fields(row).stream().map(MarkdownText::field).toList()));
      align(cells, right);
    }
    table.notes().forEach(note -> lines.add("- " + Markdown.text(VisibleText.note(note))));
    lines.add("");
    environment();
    commands();
    return String.join("\n", lines).stripTrailing() + "\n";
  }

  private List<String> header() {
    List<String> header = new ArrayList<>();
    table.keys().forEach(key -> header.add(escaped(key.text())));
    for (NamedRun run : table.runs()) {
      String group = table.runs().size() == 1 ? "" : escaped(run.heading()) + ": ";
      table.headings().forEach(found -> header.add(group + escaped(found.text())));
    }
    return header;
  }

  private static String field(Field field) {
    Entry entry = field.entry();
    if (entry.text().isEmpty()) {
      return ABSENT;
    }
    // Figures are spelled here and hold nothing that Markdown would read.
    String text = field.heading().isNumeric() ? entry.text() : escaped(entry.text());
    return entry.best() ? "**" + text + "**" : text;
  }

  private static String escaped(String text) {
    return Markdown.text(VisibleText.label(text));
  }

  private void environment() {
    List<String> header = new ArrayList<>(List.of("environment"));
    table
        .runs()
        .forEach(run -> header.add(table.runs().size() == 1 ? "value" : escaped(run.name())));
    List<List<String>> cells = new ArrayList<>(List.of(header));
    Environments.facts(table.runs())
        .forEach(
            (name, texts) -> {
              List<String> fields = new ArrayList<>(List.of(escaped(name)));
              texts.forEach(
                  text ->
                      fields.add(text.isEmpty() ? ABSENT : Markdown.text(VisibleText.fact(text))));
              cells.add(fields);
            });
    align(cells, header.stream().map(any -> false).toList());
  }

  private void commands() {
    for (Map.Entry<String, List<String>> command : Environments.commands(table.runs()).entrySet()) {
      String names =
          command.getValue().isEmpty() ? "" : " of " + String.join(", ", command.getValue());
      paragraph(escaped("Command" + names + ":"));
      paragraph(Markdown.code("sh", VisibleText.of(command.getKey())));
    }
  }

  private void paragraph(String text) {
    lines.add(text);
    lines.add("");
  }

  /** Adds the lines of a table whose first row is its header. */
  private void align(List<List<String>> cells, List<Boolean> right) {
    int[] widths = new int[right.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(Math.max(3, widths[i]), DisplayWidth.of(row.get(i)));
      }
    }
    StringBuilder rule = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      rule.append("-".repeat(widths[i] + 1)).append(right.get(i) ? ":|" : "-|");
    }
    for (int row = 0; row < cells.size(); row++) {
      StringBuilder line = new StringBuilder("|");
      for (int i = 0; i < widths.length; i++) {
        String text = cells.get(row).get(i);
        String space = " ".repeat(widths[i] - DisplayWidth.of(text));
        line.append(' ').append(right.get(i) ? space + text : text + space).append(" |");
      }
      lines.add(line.toString());
      if (row == 0) {
        lines.add(rule.toString());
      }
    }
    lines.add("");
  }
}
