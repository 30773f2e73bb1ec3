package io.edgefrontier.publish;

import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.PublishedTable.Part;
import io.edgefrontier.publish.PublishedTable.Row;
import io.edgefrontier.publish.PublishedTable.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A {@code table} environment of LaTeX with the rules of booktabs. */
final class LatexTable {
  private static final String ABSENT = "-";

  private final PublishedTable table;
  private final List<String> lines = new ArrayList<>();

  private LatexTable(PublishedTable table) {
    this.table = table;
  }

  /** Returns the environment. */
  static String of(PublishedTable table) {
    return new LatexTable(table).text();
  }

  private String text() {
    lines.add("% \\usepackage{booktabs}");
    lines.add("\\begin{table}");
    lines.add("  \\centering\\footnotesize\\setlength{\\tabcolsep}{3pt}");
    lines.add("  \\caption{" + escaped(table.caption()) + "}");
    lines.add("  \\label{" + label() + "}");
    lines.add("  \\begin{tabular}{" + columns() + "}");
    lines.add("    \\toprule");
    header();
    for (Section section : table.sections()) {
      lines.add("    \\midrule");
      if (!section.title().isEmpty()) {
        lines.add(
            "    \\multicolumn{%d}{l}{\\textit{%s}} \\\\"
                .formatted(width(), escaped(section.title())));
      }
      section.rows().forEach(this::row);
    }
    lines.add("    \\bottomrule");
    lines.add("  \\end{tabular}");
    notes();
    lines.add("\\end{table}");
    return String.join("\n", lines) + "\n";
  }

  /** Returns a label of letters, digits and hyphens, so that no package reads more into it. */
  private String label() {
    String plain = table.caption().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "tab:" + plain.substring(0, Math.min(60, plain.length())).replaceAll("^-|-$", "");
  }

  private int width() {
    return table.keys().size() + table.runs().size() * table.headings().size();
  }

  private String columns() {
    StringBuilder columns = new StringBuilder();
    table.keys().forEach(key -> columns.append(column(key)));
    table.runs().forEach(run -> table.headings().forEach(one -> columns.append(column(one))));
    return columns.toString();
  }

  private static String column(Heading heading) {
    if (heading.column().name().equals(ColumnCatalogue.ERROR)) {
      return "p{3cm}";
    }
    return heading.isNumeric() ? "r" : "l";
  }

  /** Adds the names of the runs if there are several, the titles, and the units below them. */
  private void header() {
    int keys = table.keys().size();
    int found = table.headings().size();
    if (table.runs().size() > 1) {
      List<String> names = new ArrayList<>();
      table.keys().forEach(key -> names.add(""));
      StringBuilder rules = new StringBuilder();
      int first = keys + 1;
      for (NamedRun run : table.runs()) {
        names.add("\\multicolumn{%d}{c}{%s}".formatted(found, escaped(run.name())));
        rules.append("\\cmidrule(lr){%d-%d}".formatted(first, first + found - 1));
        first += found;
      }
      line(names);
      lines.add("    " + rules);
    }
    List<String> titles = new ArrayList<>();
    List<String> units = new ArrayList<>();
    table.keys().forEach(key -> addHeading(key, titles, units));
    table.runs().forEach(run -> table.headings().forEach(one -> addHeading(one, titles, units)));
    line(titles);
    line(units);
  }

  private static void addHeading(Heading heading, List<String> titles, List<String> units) {
    titles.add(escaped(heading.title()));
    units.add(heading.unit().isEmpty() ? "" : "(" + escaped(heading.unit()) + ")");
  }

  private void row(Row row) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < table.keys().size(); i++) {
      fields.add(field(table.keys().get(i), row.keys().get(i)));
    }
    for (Optional<Part> part : row.parts()) {
      for (int i = 0; i < table.headings().size(); i++) {
        Entry entry = part.isPresent() ? part.get().entries().get(i) : Entry.ABSENT;
        fields.add(field(table.headings().get(i), entry));
      }
    }
    line(fields);
  }

  private void line(List<String> fields) {
    lines.add("    " + String.join(" & ", fields).strip() + " \\\\");
  }

  private static String field(Heading heading, Entry entry) {
    if (entry.text().isEmpty()) {
      return ABSENT;
    }
    boolean negative = heading.isNumeric() && entry.text().startsWith("-");
    String text = negative ? "$-$" + escaped(entry.text().substring(1)) : escaped(entry.text());
    return entry.best() ? "\\textbf{" + text + "}" : text;
  }

  private static String escaped(String text) {
    return LatexText.of(VisibleText.label(text));
  }

  private void notes() {
    lines.add("");
    lines.add("  \\smallskip");
    lines.add("  \\begin{minipage}{\\linewidth}\\scriptsize\\raggedright");
    table.notes().forEach(this::paragraph);
    if (table.runs().size() == 1) {
      paragraph("Environment: " + facts(0));
    } else {
      for (int run = 0; run < table.runs().size(); run++) {
        paragraph("Environment of " + table.runs().get(run).name() + ": " + facts(run));
      }
    }
    for (Map.Entry<String, List<String>> command : Environments.commands(table.runs()).entrySet()) {
      List<String> names = command.getValue();
      String of = names.isEmpty() ? "" : " of " + String.join(", ", names);
      lines.add(
          "    %s: \\texttt{%s}\\par"
              .formatted(
                  LatexText.of(VisibleText.of("Command" + of)),
                  LatexText.of(VisibleText.of(command.getKey()))));
    }
    lines.add("  \\end{minipage}");
  }

  private String facts(int run) {
    List<String> facts = new ArrayList<>();
    Environments.facts(table.runs())
        .forEach(
            (name, texts) -> {
              if (!texts.get(run).isEmpty()) {
                facts.add(VisibleText.label(name) + " " + VisibleText.label(texts.get(run)));
              }
            });
    return String.join("; ", facts) + ".";
  }

  private void paragraph(String text) {
    lines.add("    " + LatexText.of(VisibleText.of(text)) + "\\par");
  }
}
