package io.edgefrontier.publish;

import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.PublishedTable.Part;
import io.edgefrontier.publish.PublishedTable.Row;
import io.edgefrontier.publish.PublishedTable.Section;
import io.edgefrontier.publish.TableColumn.Figures;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes one table of some runs. */
final class TableBuilder {
  private final List<NamedRun> runs;
  private final TableOptions options;
  private final Baseline baseline;
  private final List<Map<Cell, RowView>> views = new ArrayList<>();
  private final ChosenColumns columns;

  TableBuilder(List<PublishedRun> runs, TableOptions options) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a table needs one run or more");
    }
    this.runs = RunNaming.of(runs);
    this.options = options;
    this.baseline = new Baseline(options.baseline(), runs);
    runs.forEach(run -> views.add(views(run)));
    this.columns = new ChosenColumns(runs, options, baseline);
  }

  private Map<Cell, RowView> views(PublishedRun run) {
    Map<Cell, Figure> ratios = baseline.ratios(run.findings().rows());
    List<Double> budgets = run.findings().trackedBudgetsMb();
    Map<Cell, RowView> found = new LinkedHashMap<>();
    for (SweepRow row : run.findings().rows()) {
      // A failed row has no verdicts, for which a record would have columns.
      Map<String, String> fields =
          SweepTable.table(row.violations().isEmpty() ? List.of() : budgets).fields(row);
      Figure ratio = ratios.getOrDefault(row.cell(), Figure.ABSENT);
      found.put(row.cell(), new RowView(run.findings(), row, fields, ratio));
    }
    return found;
  }

  PublishedTable table() {
    Map<String, Set<Cell>> cells = sections();
    List<Heading> headings = headings();
    List<Heading> keys =
        columns.keys().stream().map(column -> new Heading(column, column.title(), "")).toList();
    List<Section> sections = new ArrayList<>();
    cells.forEach(
        (title, members) -> sections.add(section(title, List.copyOf(members), keys, headings)));
    return new PublishedTable(
        caption(),
        runs,
        keys,
        headings,
        sections,
        new TableNotes(runs, options, baseline, headings).sentences());
  }

  /** Returns what was measured; of one run also where and when. */
  private String caption() {
    if (runs.size() == 1) {
      PublishedRun run = runs.get(0).run();
      return run.title()
          + (run.machineId().isEmpty() ? "" : ", machine " + run.machineId())
          + (run.commit().isEmpty() ? "" : ", commit " + RunNaming.commit(run))
          + ", "
          + run.time();
    }
    Set<String> titles = new LinkedHashSet<>();
    runs.forEach(run -> titles.add(run.run().title()));
    return String.join("; ", titles);
  }

  /** Returns the cells of all runs in their order, by the title of their section. */
  private Map<String, Set<Cell>> sections() {
    Set<Cell> all = new LinkedHashSet<>();
    views.forEach(run -> all.addAll(run.keySet()));
    List<Cell> sorted = new RowOrder(columns.sort(), columns.isDescending(), views).sorted(all);
    if (options.groupBy().isEmpty()) {
      return Map.of("", new LinkedHashSet<>(sorted));
    }
    GroupBy by = options.groupBy().get();
    Map<Cell, Set<Cell>> groups = new TreeMap<>(by.order());
    sorted.forEach(cell -> groups.computeIfAbsent(cell, any -> new LinkedHashSet<>()).add(cell));
    Map<String, Set<Cell>> titled = new LinkedHashMap<>();
    groups.forEach((cell, members) -> titled.put(by.title(cell), members));
    return titled;
  }

  private List<Heading> headings() {
    List<Heading> headings = new ArrayList<>();
    for (TableColumn column : columns.findings()) {
      if (column instanceof Figures figures) {
        String modelled = figures.modelled() ? ", modelled" : "";
        String unit = figures.dimension().unit(all(figures)).symbol();
        headings.add(new Heading(column, column.title() + modelled, unit));
      } else {
        headings.add(new Heading(column, column.title(), ""));
      }
    }
    return headings;
  }

  private List<Figure> all(Figures column) {
    return views.stream()
        .flatMap(run -> run.values().stream())
        .map(column.figure())
        .filter(Figure::isPresent)
        .toList();
  }

  private Section section(
      String title, List<Cell> cells, List<Heading> keys, List<Heading> headings) {
    List<List<Optional<Part>>> byRun = new ArrayList<>();
    for (Map<Cell, RowView> run : views) {
      byRun.add(parts(run, cells, headings));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      int index = i;
      Cell cell = cells.get(i);
      rows.add(
          new Row(
              cell,
              keys.stream().map(key -> Entry.words(columns.key(key.column(), cell))).toList(),
              byRun.stream().map(parts -> parts.get(index)).toList()));
    }
    return new Section(title, rows);
  }

  /** Returns what one run found of the cells of a section, in their order. */
  private List<Optional<Part>> parts(
      Map<Cell, RowView> run, List<Cell> cells, List<Heading> headings) {
    List<RowView> found = cells.stream().filter(run::containsKey).map(run::get).toList();
    Map<Cell, List<Entry>> entries = new HashMap<>();
    found.forEach(view -> entries.put(view.row().cell(), new ArrayList<>()));
    for (Heading heading : headings) {
      ColumnEntries.of(heading.column(), found, unit(heading))
          .forEach((cell, entry) -> entries.get(cell).add(entry));
    }
    return cells.stream()
        .map(
            cell ->
                Optional.ofNullable(run.get(cell)).map(view -> new Part(view, entries.get(cell))))
        .toList();
  }

  private Dimension.DisplayUnit unit(Heading heading) {
    return heading.column() instanceof Figures figures
        ? figures.dimension().unit(all(figures))
        : new Dimension.DisplayUnit("", 1);
  }
}
