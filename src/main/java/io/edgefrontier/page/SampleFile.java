package io.edgefrontier.page;

import io.edgefrontier.analysis.BenchmarkKind;
import io.edgefrontier.analysis.CellKey;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Histogram;
import io.edgefrontier.result.JmhReader;
import io.edgefrontier.result.JmhResult;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The latency samples in a run's jmh.json, pooled over a cell's forks and binned as they pass. */
final class SampleFile {
  private static final int MOST_BINS = 48;
  private static final int LEAST_BINS = 12;
  private static final int CELLS_WITH_MOST_BINS = 64;

  private SampleFile() {}

  /**
   * Reads the samples of some cells.
   *
   * @param factor what each latency is multiplied by
   * @return nothing for a cell of which the file has no samples; empty without a file
   * @throws IOException naming the file, and the place in it, if it is not what JMH writes
   */
  static Map<Cell, BinnedSamples> read(Path jmh, Collection<Cell> cells, double factor)
      throws IOException {
    Map<Cell, BinnedSamples> samples = new HashMap<>();
    if (!Files.exists(jmh)) {
      return samples;
    }
    Map<CellKey, Cell> known = new HashMap<>();
    for (Cell cell : cells) {
      known.put(key(cell, cell.variant().model()), cell);
      known.put(key(cell, ""), cell); // a sweep of one model does not name it
    }
    int bins = bins(cells.size());
    JmhReader.forEach(
        jmh,
        result ->
            cell(result, known)
                .ifPresent(
                    cell -> {
                      Histogram pooled = Histogram.pooled(result.primary().forks());
                      if (pooled.total() > 0) {
                        samples.put(cell, BinnedSamples.of(pooled, factor, bins));
                      }
                    }));
    return samples;
  }

  /** Fewer bins where there are many cells, so that a page stays small. */
  private static int bins(int cells) {
    return cells <= CELLS_WITH_MOST_BINS
        ? MOST_BINS
        : Math.max(LEAST_BINS, MOST_BINS * CELLS_WITH_MOST_BINS / cells);
  }

  private static Optional<Cell> cell(JmhResult result, Map<CellKey, Cell> known) {
    return BenchmarkKind.of(result).filter(kind -> kind == BenchmarkKind.LATENCY).isPresent()
        ? Optional.ofNullable(known.get(CellKey.of(result)))
        : Optional.empty();
  }

  private static CellKey key(Cell cell, String model) {
    Variant variant = cell.variant();
    return new CellKey(
        model, variant.pruningLevel() + 0.0, variant.precision(), cell.batchSize(), cell.threads());
  }
}
