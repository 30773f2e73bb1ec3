package io.edgefrontier.publish;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a table can be written in. */
public enum TableFormat {
  /** A table of GitHub's Markdown, aligned in its source, with notes under it. */
  MARKDOWN {
    @Override
    public String text(PublishedTable table) {
      return MarkdownText.of(table);
    }
  },
  /** One record for each cell of each run, at full precision; no notes. */
  CSV {
    @Override
    public String text(PublishedTable table) {
      return CsvRecords.of(table);
    }
  },
  /** A {@code table} environment that needs the package booktabs and nothing else. */
  LATEX {
    @Override
    public String text(PublishedTable table) {
      return LatexTable.of(table);
    }
  },
  /** A {@code figure} element with a table, without styles or scripts. */
  HTML {
    @Override
    public String text(PublishedTable table) {
      return HtmlTable.of(table);
    }
  },
  /** One object: runs, columns, and the cells with all that the other formats show. */
  JSON {
    @Override
    public String text(PublishedTable table) {
      return JsonTable.of(table);
    }
  };

  /** Returns the table in this format, with a line end at its end. */
  public abstract String text(PublishedTable table);

  /** Returns the name on the command line, such as {@code markdown}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the format with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  public static TableFormat parse(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown format '%s'; available: %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(TableFormat::label)
                                .collect(Collectors.joining(", ")))));
  }
}
