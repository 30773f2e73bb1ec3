package io.edgefrontier.publish;

import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.PublishedTable.Field;
import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.PublishedTable.Row;
import io.edgefrontier.publish.PublishedTable.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table as a fragment of HTML: caption, groups of columns, headings with their scope. It has no
 * styles; numbers have the class {@code number}.
 */
final class HtmlTable {
  private static final String ABSENT = "-";

  private final PublishedTable table;
  private final List<String> lines = new ArrayList<>();

  private HtmlTable(PublishedTable table) {
    this.table = table;
  }

  /** Returns the fragment, one element. */
  static String of(PublishedTable table) {
    return new HtmlTable(table).text();
  }

  private String text() {
    lines.add("<figure class=\"edge-frontier\">");
    lines.add("<table>");
    lines.add("<caption>" + escaped(table.caption()) + "</caption>");
    lines.add("<colgroup span=\"%s\"></colgroup>".formatted(table.keys().size()));
    table
        .runs()
        .forEach(
            run ->
                lines.add("<colgroup span=\"%s\"></colgroup>".formatted(table.headings().size())));
    header();
    table.sections().forEach(this::section);
    lines.add("</table>");
    lines.add("<figcaption>");
    lines.add("<ul>");
    table.notes().forEach(note -> lines.add("<li>" + escape(VisibleText.note(note)) + "</li>"));
    lines.add("</ul>");
    environment();
    commands();
    lines.add("</figcaption>");
    lines.add("</figure>");
    return String.join("\n", lines) + "\n";
  }

  private void header() {
    boolean several = table.runs().size() > 1;
    lines.add("<thead>");
    lines.add("<tr>");
    String span = several ? " rowspan=\"2\"" : "";
    table.keys().forEach(key -> lines.add("<th scope=\"col\"" + span + kind(key)));
    if (several) {
      for (NamedRun run : table.runs()) {
        lines.add(
            "<th scope=\"colgroup\" colspan=\"%s\">%s</th>"
                .formatted(table.headings().size(), escaped(run.heading())));
      }
      lines.add("</tr>");
      lines.add("<tr>");
    }
    for (int run = 0; run < table.runs().size(); run++) {
      table.headings().forEach(heading -> lines.add("<th scope=\"col\"" + kind(heading)));
    }
    lines.add("</tr>");
    lines.add("</thead>");
  }

  private static String kind(Heading heading) {
    return className(heading) + ">" + escaped(heading.text()) + "</th>";
  }

  private static String className(Heading heading) {
    return heading.isNumeric() ? " class=\"number\"" : "";
  }

  private void section(Section section) {
    lines.add("<tbody>");
    if (!section.title().isEmpty()) {
      lines.add(
          "<tr><th scope=\"rowgroup\" colspan=\"%s\">%s</th></tr>"
              .formatted(table.columns().size(), escaped(section.title())));
    }
    section.rows().forEach(row -> lines.add("<tr>" + fields(row) + "</tr>"));
    lines.add("</tbody>");
  }

  private String fields(Row row) {
    StringBuilder fields = new StringBuilder();
    for (Field field : table.fields(row)) {
      String element = field.run() < 0 ? "th" : "td";
      fields
          .append(field.run() < 0 ? "<th scope=\"row\"" : "<td")
          .append(className(field.heading()))
          .append('>')
          .append(field(field.entry()))
          .append("</" + element + ">");
    }
    return fields.toString();
  }

  private static String field(Entry entry) {
    String text = entry.text().isEmpty() ? ABSENT : escaped(entry.text());
    return entry.best() ? "<strong>" + text + "</strong>" : text;
  }

  private void environment() {
    lines.add("<table>");
    lines.add("<caption>Environment</caption>");
    lines.add("<thead>");
    StringBuilder header = new StringBuilder("<tr><th scope=\"col\">what</th>");
    for (NamedRun run : table.runs()) {
      String name = table.runs().size() == 1 ? "value" : escaped(run.name());
      header.append("<th scope=\"col\">").append(name).append("</th>");
    }
    lines.add(header + "</tr>");
    lines.add("</thead>");
    lines.add("<tbody>");
    Environments.facts(table.runs())
        .forEach(
            (name, texts) -> {
              StringBuilder row = new StringBuilder("<tr><th scope=\"row\">" + escaped(name));
              row.append("</th>");
              for (String text : texts) {
                row.append("<td>")
                    .append(text.isEmpty() ? ABSENT : escape(VisibleText.fact(text)))
                    .append("</td>");
              }
              lines.add(row + "</tr>");
            });
    lines.add("</tbody>");
    lines.add("</table>");
  }

  private void commands() {
    for (Map.Entry<String, List<String>> command : Environments.commands(table.runs()).entrySet()) {
      List<String> names = command.getValue();
      String of = names.isEmpty() ? "" : " of " + String.join(", ", names);
      lines.add("<p>" + escaped("Command" + of + ":") + "</p>");
      lines.add("<pre><code>" + escape(VisibleText.of(command.getKey())) + "</code></pre>");
    }
  }

  private static String escaped(String text) {
    return escape(VisibleText.label(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
