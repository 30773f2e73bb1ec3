package io.edgefrontier.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row of a pareto_frontier_*.csv: a row of the sweep and its place on the frontier.
 *
 * @param rank from 1, in the order of the objective
 * @param place whether noise could have put it there; empty where intervals are absent
 */
public record FrontierRow(SweepRow row, int rank, Optional<Place> place) {
  /** The columns that a frontier's file has behind those of the table that it comes from. */
  public static final List<String> ADDED_COLUMNS = List.of("frontier_rank", "place");

  /**
   * Reads a frontier's file.
   *
   * @throws IOException naming file, record, column, what was found and what was expected
   */
  public static List<FrontierRow> read(Path source) throws IOException {
    List<Double> budgetsMb = SweepTable.budgets(source);
    List<FrontierRow> rows = new ArrayList<>();
    try (CsvFile file = CsvFile.open(source)) {
      file.require(ADDED_COLUMNS);
    }
    SweepTable.table(budgetsMb)
        .forEach(
            source,
            (record, row) ->
                rows.add(new FrontierRow(row, record.positive("frontier_rank"), place(record))));
    return rows;
  }

  private static Optional<Place> place(CsvRow record) throws IOException {
    String label = record.text("place");
    if (label.isEmpty()) {
      return Optional.empty();
    }
    for (Place place : Place.values()) {
      if (place.label().equals(label)) {
        return Optional.of(place);
      }
    }
    throw record.unexpected("place", label, "distinct, tie or nothing");
  }
}
