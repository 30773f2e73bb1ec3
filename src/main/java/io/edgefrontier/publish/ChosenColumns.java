package io.edgefrontier.publish;

import io.edgefrontier.publish.TableColumn.Figures;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which columns a table has: those that were asked for, or what a reader needs to choose. */
final class ChosenColumns {
  private final List<PublishedRun> runs;
  private final ColumnCatalogue catalogue;
  private final Map<String, TableColumn> chosen = new LinkedHashMap<>();
  private final String sort;
  private final int levelPlaces;

  /**
   * @throws IllegalArgumentException naming the nearest if a column is not known
   */
  ChosenColumns(List<PublishedRun> runs, TableOptions options, Baseline baseline) {
    this.runs = runs;
    TreeSet<Double> budgets = new TreeSet<>();
    runs.forEach(run -> budgets.addAll(run.findings().trackedBudgetsMb()));
    this.catalogue = new ColumnCatalogue(List.copyOf(budgets));
    this.sort = options.sort().strip();
    this.levelPlaces =
        rows()
            .mapToInt(row -> Rounding.places(row.cell().variant().pruningLevel()))
            .max()
            .orElse(0);
    for (String name : options.columns().isEmpty() ? usual() : options.columns()) {
      TableColumn column = catalogue.find(name);
      chosen.put(column.name(), column);
    }
    if (baseline.isGiven()) {
      chosen.putIfAbsent(ColumnCatalogue.TO_BASELINE, catalogue.find(ColumnCatalogue.TO_BASELINE));
    } else if (chosen.containsKey(ColumnCatalogue.TO_BASELINE)) {
      throw new IllegalArgumentException(
          "column latency_to_baseline: name the baseline, such as --baseline fp32");
    }
    if (any(row -> !row.error().isEmpty())) {
      chosen.putIfAbsent(ColumnCatalogue.ERROR, catalogue.find(ColumnCatalogue.ERROR));
    }
  }

  private List<String> usual() {
    List<String> names = new ArrayList<>();
    names.add(ColumnCatalogue.LATENCY);
    if (any(row -> !Double.isNaN(row.accuracy().top1()))) {
      names.add(ColumnCatalogue.ACCURACY);
    }
    names.add(ColumnCatalogue.MEMORY);
    names.add(ColumnCatalogue.ENERGY);
    if (any(row -> !Double.isNaN(row.energy().measuredJ()))) {
      names.add(ColumnCatalogue.MEASURED_ENERGY);
    }
    names.add(ColumnCatalogue.BUDGET);
    if (runs.stream().anyMatch(run -> !run.findings().trackedBudgetsMb().isEmpty())) {
      names.add(ColumnCatalogue.EXCEEDS);
    }
    names.add(ColumnCatalogue.FRONTIER);
    return names;
  }

  private boolean any(Predicate<SweepRow> condition) {
    return rows().anyMatch(condition);
  }

  private Stream<SweepRow> rows() {
    return runs.stream().flatMap(run -> run.findings().rows().stream());
  }

  /** Returns the columns that say what was found, in the order that was asked for. */
  List<TableColumn> findings() {
    return chosen.values().stream()
        .filter(column -> !ColumnCatalogue.KEYS.contains(column.name()))
        .map(column -> column instanceof Figures figures ? told(figures) : column)
        .toList();
  }

  /** Says so where a latency is not that of the machine. */
  private TableColumn told(Figures column) {
    boolean ofLatency =
        (column.name().startsWith("latency_") && column.dimension() == Dimension.MILLISECONDS)
            || column.name().equals("throughput_sps");
    return ofLatency && runs.stream().allMatch(PublishedRun::latencyModelled)
        ? column.asModelled()
        : column;
  }

  /** Returns the columns that name a cell: what cells differ in, and what was asked for. */
  List<TableColumn> keys() {
    List<TableColumn> keys = new ArrayList<>();
    for (String name : ColumnCatalogue.KEYS) {
      TableColumn column = catalogue.find(name);
      boolean always = name.equals("pruning_level") || name.equals("precision");
      boolean varies = rows().map(row -> key(column, row.cell())).distinct().count() > 1;
      if (always || varies || chosen.containsKey(name)) {
        keys.add(column);
      }
    }
    return keys;
  }

  /** Returns the text of a column that names a cell. */
  String key(TableColumn column, Cell cell) {
    return switch (column.name()) {
      case "model" -> cell.variant().model();
      case "pruning_level" -> Rounding.fixed(cell.variant().pruningLevel(), levelPlaces);
      case "precision" -> cell.variant().precision().label();
      case "batch_size" -> Integer.toString(cell.batchSize());
      case "threads" -> Integer.toString(cell.threads());
      default -> throw new IllegalArgumentException(column.name() + " names no cell");
    };
  }

  boolean isDescending() {
    return sort.startsWith("-");
  }

  /** Returns the column to sort by, which need not be shown. */
  TableColumn sort() {
    String name = isDescending() ? sort.substring(1) : sort;
    return catalogue.find(name.isEmpty() ? ColumnCatalogue.LATENCY : name);
  }
}
