package io.edgefrontier.publish;

import io.edgefrontier.result.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One table, whatever it is written in: rows are cells, columns are those that name the cell and,
 * for each run, those that say what was found.
 *
 * @param caption what the table is about
 * @param runs in the order of their groups of columns
 * @param keys headings of the columns that name the cell
 * @param headings of the columns that each run has
 * @param sections of rows, each with a title if there are several
 * @param notes sentences that explain marks, budgets and figures
 */
public record PublishedTable(
    String caption,
    List<NamedRun> runs,
    List<Heading> keys,
    List<Heading> headings,
    List<Section> sections,
    List<String> notes) {
  public PublishedTable {
    runs = List.copyOf(runs);
    keys = List.copyOf(keys);
    headings = List.copyOf(headings);
    sections = List.copyOf(sections);
    notes = List.copyOf(notes);
  }

  /**
   * A run and what tells it from the others.
   *
   * @param name unique in the table
   * @param heading the name, and what of its figures alone is modelled
   */
  record NamedRun(String name, String heading, PublishedRun run) {}

  /**
   * What stands above a column.
   *
   * @param unit that its figures are shown in; empty for none
   */
  record Heading(TableColumn column, String title, String unit) {
    /** Returns whether the column has numbers, which are aligned right. */
    boolean isNumeric() {
      return column instanceof TableColumn.Figures;
    }

    /** Returns title and unit. */
    String text() {
      return unit.isEmpty() ? title : title + " (" + unit + ")";
    }
  }

  /**
   * Rows that have something in common.
   *
   * @param title empty if the table is not grouped
   */
  record Section(String title, List<Row> rows) {
    Section {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One cell.
   *
   * @param keys what names it, one for each heading of the keys
   * @param parts what each run found; empty where a run does not have the cell
   */
  record Row(Cell cell, List<Entry> keys, List<Optional<Part>> parts) {
    Row {
      keys = List.copyOf(keys);
      parts = List.copyOf(parts);
    }
  }

  /**
   * What one run found of one cell.
   *
   * @param entries one for each heading
   */
  record Part(RowView view, List<Entry> entries) {
    Part {
      entries = List.copyOf(entries);
    }
  }

  /**
   * One field of the table.
   *
   * @param text for readers, not yet escaped; empty for what is absent
   * @param figure behind the text, in the unit of sweep_results.csv; absent for words
   * @param best whether it is the best of its column and section, or cannot be told from it
   */
  record Entry(String text, Figure figure, boolean best) {
    static final Entry ABSENT = new Entry("", Figure.ABSENT, false);

    static Entry words(String text) {
      return new Entry(text, Figure.ABSENT, false);
    }
  }

  /**
   * A field and what stands above it.
   *
   * @param run index of the run, or -1 for a field that names the cell
   */
  record Field(Heading heading, Entry entry, int run) {}

  /** Returns the headings of all columns, those of every run one after the other. */
  List<Heading> columns() {
    List<Heading> columns = new ArrayList<>(keys);
    runs.forEach(run -> columns.addAll(headings));
    return columns;
  }

  /** Returns a row's fields, one for each of {@link #columns}. */
  List<Field> fields(Row row) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      fields.add(new Field(keys.get(i), row.keys().get(i), -1));
    }
    for (int run = 0; run < runs.size(); run++) {
      Optional<Part> part = row.parts().get(run);
      for (int i = 0; i < headings.size(); i++) {
        Entry entry = part.isPresent() ? part.get().entries().get(i) : Entry.ABSENT;
        fields.add(new Field(headings.get(i), entry, run));
      }
    }
    return fields;
  }

  /**
   * Returns the table of some runs.
   *
   * @param runs one or more
   * @throws IllegalArgumentException if an option names what the runs do not have, naming what is
   *     nearest
   */
  public static PublishedTable of(List<PublishedRun> runs, TableOptions options) {
    return new TableBuilder(runs, options).table();
  }
}
