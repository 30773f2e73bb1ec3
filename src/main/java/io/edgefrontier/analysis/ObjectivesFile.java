package io.edgefrontier.analysis;

import io.edgefrontier.result.CsvExcerpt;
import io.edgefrontier.result.CsvFile;
import io.edgefrontier.result.CsvRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A frontier over several objectives, from file to file: the accepted rows that no other accepted
 * row beats in all of them. Equal rows stay together; columns are kept as they are.
 */
public final class ObjectivesFile {
  private ObjectivesFile() {}

  /** Where a record stands in the source, and what it is ranked by. */
  private static final class Row {
    private final long start;
    private final List<Double> costs;
    private final double accuracy;
    private long end = Long.MAX_VALUE;

    Row(long start, List<Double> costs, double accuracy) {
      this.start = start;
      this.costs = costs;
      this.accuracy = accuracy;
    }
  }

  /**
   * Writes the frontier.
   *
   * @param costColumns to be minimised
   * @param accuracyColumn to be maximised; empty where there is no accuracy
   * @return the number of rows on the frontier
   * @throws IOException naming file, record and column if a column is missing or a field malformed
   */
  public static int write(
      Path source, List<String> costColumns, Optional<String> accuracyColumn, Path target)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    List<String> columns;
    try (CsvFile file = CsvFile.open(source)) {
      Set<String> needed = new LinkedHashSet<>(costColumns);
      accuracyColumn.ifPresent(needed::add);
      file.require(needed);
      columns = file.columns();
      scan(file, costColumns, accuracyColumn, rows);
    }
    List<ToDoubleFunction<Row>> costs =
        IntStream.range(0, costColumns.size())
            .<ToDoubleFunction<Row>>mapToObj(i -> row -> row.costs.get(i))
            .toList();
    List<Row> frontier = ParetoFrontier.ofMany(rows, costs, row -> row.accuracy);
    CsvExcerpt.write(
        source,
        target,
        columns,
        List.of(),
        sink -> {
          for (Row row : frontier) {
            sink.accept(row.start, row.end, List.of());
          }
        });
    return frontier.size();
  }

  private static void scan(
      CsvFile file, List<String> costColumns, Optional<String> accuracyColumn, List<Row> rows)
      throws IOException {
    boolean hasAccepted = file.has("accepted");
    Optional<Row> previous = Optional.empty();
    for (Optional<CsvRow> next = file.next(); next.isPresent(); next = file.next()) {
      CsvRow record = next.get();
      List<Double> costs = new ArrayList<>();
      for (String column : costColumns) {
        costs.add(record.number(column));
      }
      // Where all are equal in it, accuracy decides nothing.
      double accuracy = accuracyColumn.isPresent() ? record.number(accuracyColumn.get()) : 0;
      Row row = new Row(record.start(), costs, accuracy);
      previous.ifPresent(before -> before.end = row.start);
      previous = Optional.of(row);
      if (!hasAccepted || record.flag("accepted").orElse(false)) {
        rows.add(row);
      }
    }
  }
}
