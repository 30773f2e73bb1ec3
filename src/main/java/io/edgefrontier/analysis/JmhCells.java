package io.edgefrontier.analysis;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.JmhReader;
import io.edgefrontier.result.JmhResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The cells of a JMH file, found by every parameter. */
final class JmhCells {
  private final FileOrder<CellKey, CellResults> entries = new FileOrder<>(CellResults::key);
  private final ReferenceMedians references = new ReferenceMedians();
  private final SortedSet<Load> loads = new TreeSet<>();
  private boolean anyWithModel;
  private boolean anyWithoutModel;
  private final Optional<MeteredWindows> meter;

  private JmhCells(Optional<Meter> meter) {
    this.meter = meter.map(MeteredWindows::new);
  }

  /** Batch size and threads of a cell. */
  record Load(int batchSize, int threads) implements Comparable<Load> {
    @Override
    public int compareTo(Load other) {
      int byBatchSize = Integer.compare(batchSize, other.batchSize);
      return byBatchSize != 0 ? byBatchSize : Integer.compare(threads, other.threads);
    }
  }

  /**
   * Reads a JMH file. Other benchmarks and other modes are passed over.
   *
   * @param meter measured energy in place of the forks' own sensors, if there was one
   * @throws IOException naming file and entry if a parameter is missing or malformed, or a cell
   *     occurs twice
   */
  static JmhCells read(Path source, Optional<Meter> meter) throws IOException {
    JmhCells cells = new JmhCells(meter);
    JmhReader.forEach(source, cells::add);
    return cells;
  }

  private void add(JmhResult result) {
    Optional<BenchmarkKind> kind = BenchmarkKind.of(result);
    if (kind.isEmpty()) {
      return;
    }
    CellKey key = CellKey.of(result);
    anyWithModel |= !key.model().isEmpty();
    anyWithoutModel |= key.model().isEmpty();
    results(key).add(kind.get(), result, references, meter);
    if (kind.get() == BenchmarkKind.LATENCY) {
      loads.add(new Load(key.batchSize(), key.threads()));
    }
  }

  private CellResults results(CellKey key) {
    int place = entries.place(key);
    if (place >= 0) {
      return entries.get(place);
    }
    CellResults results = new CellResults(key);
    entries.add(results);
    return results;
  }

  /** Returns the batch sizes and threads that a latency was measured at. */
  SortedSet<Load> loads() {
    return loads;
  }

  /** Returns why windows of the meter have no energy, if some have none. */
  Optional<String> meterProblem() {
    return meter.flatMap(MeteredWindows::problem);
  }

  /** Returns whether some entry does not say which model it measured. */
  boolean anyWithoutModel() {
    return anyWithoutModel;
  }

  /** Returns what is known of a cell, and remembers that it was asked for. */
  Measurement find(Cell cell) {
    int place = anyWithModel ? entries.place(CellKey.of(cell, cell.variant().model())) : -1;
    if (place < 0 && anyWithoutModel) {
      place = entries.place(CellKey.of(cell, ""));
    }
    if (place < 0) {
      return Measurement.ABSENT;
    }
    entries.mark(place);
    return entries.get(place).toMeasurement(references);
  }

  /** Returns the cells with a latency that nobody has asked for. */
  List<Cell> notFound(String modelOfOthers) {
    return entries.unmarked().stream()
        .filter(CellResults::hasLatency)
        .map(results -> results.key().toCell(modelOfOthers))
        .toList();
  }
}
