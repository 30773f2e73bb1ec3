package io.edgefrontier.page;

import io.edgefrontier.report.Findings;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is behind a run's figures, in few enough numbers for a page. */
public final class RawFigures {
  private final Map<Cell, BinnedSamples> samples;
  private final List<TimedFork> forks;
  private final Map<Variant, List<LayerCosts>> layers;

  private RawFigures(
      Map<Cell, BinnedSamples> samples,
      List<TimedFork> forks,
      Map<Variant, List<LayerCosts>> layers) {
    this.samples = Map.copyOf(samples);
    this.forks = List.copyOf(forks);
    this.layers = layers;
  }

  /**
   * Reads what a run has; what is not there is left out of the page.
   *
   * @param jmh the run's jmh.json
   * @param journal the run's forks.jsonl
   * @param layers rows of the run's layers.csv
   * @param latencyMultiplier what measured latencies are multiplied by
   * @throws IOException naming the file that is not what it should be, and the place in it
   */
  public static RawFigures read(
      Findings findings, Path jmh, Path journal, List<LayerRow> layers, double latencyMultiplier)
      throws IOException {
    List<Cell> cells = findings.rows().stream().map(SweepRow::cell).toList();
    return new RawFigures(
        SampleFile.read(jmh, cells, latencyMultiplier),
        TimedFork.read(journal),
        LayerCosts.of(layers));
  }

  Map<Cell, BinnedSamples> samples() {
    return samples;
  }

  List<TimedFork> forks() {
    return forks;
  }

  /** Layers of each variant, in the order of the file. */
  Map<Variant, List<LayerCosts>> layers() {
    return layers;
  }
}
