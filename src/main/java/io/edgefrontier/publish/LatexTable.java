package io.edgefrontier.publish;

import static java.util.stream.Collectors.joining;

import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.PublishedTable.Field;
import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.PublishedTable.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    lines.add("% \\usepackage{booktabs,graphicx}");
    lines.add("\\begin{table}");
    lines.add("  \\centering\\footnotesize\\setlength{\\tabcolsep}{3pt}");
    lines.add("  \\caption{" + escaped(table.caption()) + "}");
    lines.add("  \\label{" + label() + "}");
    String columns = table.columns().stream().map(LatexTable::column).collect(joining());
    lines.add("  \\sbox0{\\begin{tabular}{" + columns + "}");
    lines.add("    \\toprule");
    header();
    for (Section section : table.sections()) {
      lines.add("    \\midrule");
      if (!section.title().isEmpty()) {
        lines.add(
            "    \\multicolumn{%s}{l}{\\textit{%s}} \\\\"
                .formatted(table.columns().size(), escaped(section.title())));
      }
      section
          .rows()
          .forEach(row -> line(table.fields(row).stream().map(LatexTable::field).toList()));
    }
    lines.add("    \\bottomrule");
    lines.add("  \\end{tabular}}");
    // Shrunk only where the page is too narrow.
    lines.add("  \\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}");
    lines.add("  \\else\\usebox0\\fi");
    notes();
    lines.add("\\end{table}");
    return String.join("\n", lines) + "\n";
  }

  /** Returns a label of letters, digits and hyphens, so that no package reads more into it. */
  private String label() {
    String plain = table.caption().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "tab:" + plain.substring(0, Math.min(60, plain.length())).replaceAll("^-|-$", "");
  }

  private static String column(Heading heading) {
    if (heading.column().name().equals(ColumnCatalogue.ERROR)) {
      return "p{3cm}";
    }
    return heading.isNumeric() ? "r" : "l";
  }

  /** Adds the names of the runs if there are several, then the titles. */
  private void header() {
    int keys = table.keys().size();
    int found = table.headings().size();
    if (table.runs().size() > 1) {
      List<String> names = new ArrayList<>();
      table.keys().forEach(key -> names.add(""));
      StringBuilder rules = new StringBuilder();
      int first = keys + 1;
      for (NamedRun run : table.runs()) {
        names.add("\\multicolumn{%s}{c}{%s}".formatted(found, escaped(run.heading())));
        rules.append("\\cmidrule(lr){%s-%s}".formatted(first, first + found - 1));
        first += found;
      }
      line(names);
      lines.add("    " + rules);
    }
    line(table.columns().stream().map(LatexTable::stacked).toList());
  }

  /** Returns title and unit one word below the other, so that columns are as narrow as can be. */
  private static String stacked(Heading heading) {
    String[] words = heading.text().replace(" /", "~/").split(" ", -1);
    String stack =
        Arrays.stream(words).map(word -> escaped(word.replace('~', ' '))).collect(joining("\\\\"));
    return "\\shortstack[%s]{%s}".formatted(heading.isNumeric() ? "r" : "l", stack);
  }

  private void line(List<String> fields) {
    lines.add("    " + String.join(" & ", fields).strip() + " \\\\");
  }

  private static String field(Field field) {
    Entry entry = field.entry();
    if (entry.text().isEmpty()) {
      return ABSENT;
    }
    boolean negative = field.heading().isNumeric() && entry.text().startsWith("-");
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
    table.notes().forEach(note -> paragraph(VisibleText.note(note)));
    if (table.runs().size() == 1) {
      paragraph("Environment: " + facts(0));
    } else {
      for (int run = 0; run < table.runs().size(); run++) {
        String name = VisibleText.label(table.runs().get(run).name());
        paragraph("Environment of " + name + ": " + facts(run));
      }
    }
    for (Map.Entry<String, List<String>> command : Environments.commands(table.runs()).entrySet()) {
      List<String> names = command.getValue();
      String of = names.isEmpty() ? "" : " of " + String.join(", ", names);
      lines.add(
          "    %s: \\texttt{%s}\\par"
              .formatted(escaped("Command" + of), LatexText.of(VisibleText.of(command.getKey()))));
    }
    lines.add("  \\end{minipage}");
  }

  private String facts(int run) {
    List<String> facts = new ArrayList<>();
    Environments.facts(table.runs())
        .forEach(
            (name, texts) -> {
              if (!texts.get(run).isEmpty()) {
                facts.add(VisibleText.label(name) + " " + VisibleText.fact(texts.get(run)));
              }
            });
    return String.join("; ", facts) + ".";
  }

  private void paragraph(String text) {
    lines.add("    " + LatexText.of(VisibleText.of(text)) + "\\par");
  }
}
