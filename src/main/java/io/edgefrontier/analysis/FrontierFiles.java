package io.edgefrontier.analysis;

import io.edgefrontier.result.CsvExcerpt;
import io.edgefrontier.result.CsvFile;
import io.edgefrontier.result.CsvRow;
import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Frontiers from file to file, in one pass over a table of any length.
 *
 * <p>Any table with a column to minimise and one to weigh it against will do. If it has a column
 * {@code accepted}, only rows where that is true take part; if it has none, all rows do. All
 * columns are kept as they are, and {@code frontier_rank} and {@code place} added.
 */
public final class FrontierFiles {
  private FrontierFiles() {}

  /**
   * One frontier to write.
   *
   * @param xColumn to be minimised
   * @param worth to be maximised
   * @param target the file to write
   */
  public record Request(String xColumn, Worth worth, Path target) {
    /** Returns the request for a run's own frontier, pareto_frontier_latency.csv and so on. */
    public static Request of(Objective objective, Worth worth, Path folder) {
      return new Request(
          objective.column(),
          worth,
          folder.resolve("pareto_frontier_" + objective.label() + ".csv"));
    }
  }

  /** Where a record stands in the source. */
  private static final class Extent {
    private final long start;
    private long end;

    Extent(long start) {
      this.start = start;
    }
  }

  /**
   * Writes frontiers of one table. One without accepted rows is a header and nothing else.
   *
   * @return the number of rows on each frontier, in the order of {@code requests}
   * @throws IOException naming file, record and column if a column is missing or a field malformed
   */
  public static List<Integer> write(Path source, List<Request> requests) throws IOException {
    List<ParetoFrontier<Extent>> frontiers = new ArrayList<>();
    requests.forEach(request -> frontiers.add(new ParetoFrontier<>()));
    List<String> columns;
    try (CsvFile file = CsvFile.open(source)) {
      check(source, file, requests);
      columns = file.columns();
      scan(file, requests, frontiers);
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      List<ParetoFrontier.Candidate<Extent>> frontier = frontiers.get(i).candidates();
      write(source, columns, frontier, requests.get(i).target());
      sizes.add(frontier.size());
    }
    return sizes;
  }

  private static void check(Path source, CsvFile file, List<Request> requests) throws IOException {
    Set<String> needed = new LinkedHashSet<>();
    for (Request request : requests) {
      needed.add(request.xColumn());
      needed.add(request.worth().column());
    }
    file.require(needed);
    for (String added : FrontierRow.ADDED_COLUMNS) {
      if (file.has(added)) {
        throw new IOException(
            "%s: has column '%s' already, so it is a frontier; give the table it was made from"
                .formatted(source, added));
      }
    }
  }

  private static void scan(
      CsvFile file, List<Request> requests, List<ParetoFrontier<Extent>> frontiers)
      throws IOException {
    boolean hasAccepted = file.has("accepted");
    Extent previous = new Extent(0);
    for (Optional<CsvRow> next = file.next(); next.isPresent(); next = file.next()) {
      CsvRow row = next.get();
      Extent extent = new Extent(row.start());
      previous.end = extent.start;
      previous = extent;
      if (!hasAccepted || row.flag("accepted").orElse(false)) {
        for (int i = 0; i < requests.size(); i++) {
          frontiers.get(i).offer(candidate(row, requests.get(i), extent));
        }
      }
    }
    previous.end = Long.MAX_VALUE;
  }

  private static ParetoFrontier.Candidate<Extent> candidate(
      CsvRow row, Request request, Extent extent) throws IOException {
    double x = row.number(request.xColumn());
    Optional<Objective> objective = Objective.ofColumn(request.xColumn());
    return new ParetoFrontier.Candidate<>(
        x,
        request.worth().of(row),
        objective.isPresent() ? Worth.interval(row, objective.get(), x) : Interval.ABSENT,
        request.worth().interval(row),
        extent);
  }

  private static void write(
      Path source,
      List<String> columns,
      List<ParetoFrontier.Candidate<Extent>> frontier,
      Path target)
      throws IOException {
    CsvExcerpt.write(
        source,
        target,
        columns,
        FrontierRow.ADDED_COLUMNS,
        sink -> {
          for (int i = 0; i < frontier.size(); i++) {
            Extent extent = frontier.get(i).row();
            String place = ParetoFrontier.place(frontier, i).map(Place::label).orElse("");
            sink.accept(extent.start, extent.end, List.of(Integer.toString(i + 1), place));
          }
        });
  }
}
