package io.edgefrontier.analysis;

import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.CsvRow;
import io.edgefrontier.result.CsvTable;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The merge from file to file. The manifest and the result are streamed; of JMH's results and the
 * accuracies a few numbers per cell stay in memory, so that a million cells fit into 1 GiB.
 */
public final class MergeFiles {
  private final Sources sources;
  private final Merge merge;
  private final JmhCells cells;
  private final FileOrder<Variant, AccuracyRow> accuracies;
  private final Set<Variant> leftOut;
  private final Set<Variant> withoutAccuracy = new HashSet<>();
  private final SortedSet<JmhCells.Load> loads;
  private String model = "";
  private long rows;
  private long failed;
  private long accepted;

  private MergeFiles(
      Sources sources,
      MergeSettings settings,
      JmhCells cells,
      FileOrder<Variant, AccuracyRow> accuracies) {
    this.sources = sources;
    this.merge =
        new Merge(
            settings,
            name(sources.variants()),
            name(sources.jmh()),
            sources.accuracy().map(MergeFiles::name));
    this.leftOut = settings.leftOut();
    this.cells = cells;
    this.accuracies = accuracies;
    this.loads = loads(settings, cells.loads());
  }

  /**
   * What is merged.
   *
   * @param accuracy empty if it was left out on purpose; its columns are empty then
   * @param failures why a cell has no latency, where that is known; found in no file
   * @param disturbedForks how many of the forks in use were disturbed, of every cell whose forks
   *     were watched; found in no file
   * @param meter measured energy in place of the forks' own sensors, if there was one
   */
  public record Sources(
      Path variants,
      Path jmh,
      Optional<Path> accuracy,
      Map<Cell, String> failures,
      Map<Cell, Integer> disturbedForks,
      Optional<Meter> meter) {
    public Sources {
      failures = Map.copyOf(failures);
      disturbedForks = Map.copyOf(disturbedForks);
    }

    /** Returns files of which nothing is known but what they say. */
    public static Sources of(Path variants, Path jmh, Optional<Path> accuracy) {
      return new Sources(variants, jmh, accuracy, Map.of(), Map.of(), Optional.empty());
    }
  }

  /**
   * How many rows came out.
   *
   * @param failed rows with an error
   * @param accepted rows within the active budget
   * @param meterProblem why some energy windows are not in the meter's log, if so
   */
  public record Summary(long rows, long failed, long accepted, Optional<String> meterProblem) {}

  /**
   * Writes sweep_results.csv: every variant that is not left out at every batch size and thread
   * count, in the manifest's order, then the cells that the manifest lacks.
   *
   * @throws IOException naming file, record and column if a file is malformed or repeats a row
   */
  public static Summary merge(Sources sources, MergeSettings settings, Path target)
      throws IOException {
    // Two files, two cores.
    CompletableFuture<FileOrder<Variant, AccuracyRow>> accuracies =
        CompletableFuture.supplyAsync(() -> accuracies(sources.accuracy()));
    JmhCells cells = JmhCells.read(sources.jmh(), sources.meter());
    MergeFiles files = new MergeFiles(sources, settings, cells, join(accuracies));
    SweepTable.table(settings.budgets().trackedMb()).stream(target, files::writeRows);
    return new Summary(files.rows, files.failed, files.accepted, cells.meterProblem());
  }

  private static <T> T join(CompletableFuture<T> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException cause) {
        throw cause.getCause();
      }
      throw e;
    }
  }

  private static FileOrder<Variant, AccuracyRow> accuracies(Optional<Path> source) {
    FileOrder<Variant, AccuracyRow> rows = new FileOrder<>(AccuracyRow::variant);
    if (source.isEmpty()) {
      return rows;
    }
    try {
      AccuracyRow.TABLE.forEach(
          source.get(),
          (record, row) -> {
            if (rows.place(row.variant()) >= 0) {
              throw record.error("repeats " + row.variant().id());
            }
            rows.add(row);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Returns every asked pair of batch size and threads, or the pairs that were measured. */
  private static SortedSet<JmhCells.Load> loads(
      MergeSettings settings, SortedSet<JmhCells.Load> measured) {
    if (settings.batchSizes().isEmpty() && settings.threads().isEmpty() && !measured.isEmpty()) {
      return measured;
    }
    List<Integer> batchSizes = settings.batchSizes();
    if (batchSizes.isEmpty()) {
      batchSizes = orOne(measured.stream().map(JmhCells.Load::batchSize).distinct().toList());
    }
    List<Integer> threads = settings.threads();
    if (threads.isEmpty()) {
      threads = orOne(measured.stream().map(JmhCells.Load::threads).distinct().toList());
    }
    SortedSet<JmhCells.Load> loads = new TreeSet<>();
    for (int batchSize : batchSizes) {
      for (int count : threads) {
        loads.add(new JmhCells.Load(batchSize, count));
      }
    }
    return loads;
  }

  private static List<Integer> orOne(List<Integer> values) {
    return values.isEmpty() ? List.of(1) : values;
  }

  private void writeRows(CsvTable.RowSink<SweepRow> sink) throws IOException {
    ManifestTable.TABLE.forEach(
        sources.variants(),
        (record, entry) -> {
          int place = accuracies.place(entry.variant());
          check(record, entry.variant(), place);
          if (!leftOut.contains(entry.variant())) {
            writeVariant(entry.variant(), Optional.of(entry), accuracy(place), sink);
          }
        });
    if (model.isEmpty()) {
      throw new IOException(sources.variants() + ": has no row, expected one per variant");
    }
    for (AccuracyRow accuracy : accuracies.unmarked()) {
      writeVariant(accuracy.variant(), Optional.empty(), Optional.of(accuracy), sink);
    }
    for (Cell cell : cells.notFound(model)) {
      write(cell, Optional.empty(), accuracy(accuracies.place(cell.variant())), sink);
    }
  }

  private Optional<AccuracyRow> accuracy(int place) {
    return place < 0 ? Optional.empty() : Optional.of(accuracies.get(place));
  }

  private void check(CsvRow record, Variant variant, int place) throws IOException {
    boolean repeated = place < 0 ? !withoutAccuracy.add(variant) : accuracies.mark(place);
    if (repeated) {
      throw record.error("repeats " + variant.id());
    }
    if (model.isEmpty()) {
      model = variant.model();
    }
    if (cells.anyWithoutModel() && !model.equals(variant.model())) {
      throw record.error(
          "model '%s' besides '%s', but entries of %s have no parameter 'model' to tell them apart"
              .formatted(variant.model(), model, sources.jmh()));
    }
  }

  private void writeVariant(
      Variant variant,
      Optional<ManifestEntry> entry,
      Optional<AccuracyRow> accuracy,
      CsvTable.RowSink<SweepRow> sink)
      throws IOException {
    for (JmhCells.Load load : loads) {
      write(new Cell(variant, load.batchSize(), load.threads()), entry, accuracy, sink);
    }
  }

  private void write(
      Cell cell,
      Optional<ManifestEntry> entry,
      Optional<AccuracyRow> accuracy,
      CsvTable.RowSink<SweepRow> sink)
      throws IOException {
    SweepRow row =
        merge.row(
            cell,
            entry,
            cells.find(cell),
            accuracy,
            Optional.ofNullable(sources.failures().get(cell)),
            disturbedForks(cell));
    rows++;
    failed += row.error().isEmpty() ? 0 : 1;
    accepted += row.accepted() ? 1 : 0;
    sink.accept(row);
  }

  private OptionalInt disturbedForks(Cell cell) {
    Integer forks = sources.disturbedForks().get(cell);
    return forks == null ? OptionalInt.empty() : OptionalInt.of(forks);
  }
}
