package io.edgefrontier.analysis;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Evidence;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.Memory;
import io.edgefrontier.result.Percentiles;
import io.edgefrontier.result.ReferenceRatio;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.UnderLoad;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Rows to choose among: 200 validation samples, of which the first row's has 190 right. */
final class AdviceRows {
  static final int SAMPLES = 200;
  static final int BASELINE_CORRECT = 190;

  private AdviceRows() {}

  static Cell cell(String model) {
    return new Cell(new Variant(model, 0, Precision.FP32), 1, 1);
  }

  /**
   * Returns a row.
   *
   * @param spread half of the latency's 95 % interval, as a share; NaN for no interval
   */
  static SweepRow row(
      Cell cell, double ms, double spread, int correct, double memoryMb, double joules) {
    Interval interval = Statistics.wilson(correct, SAMPLES);
    return new SweepRow(
        cell,
        memoryMb <= 1,
        "",
        1,
        new Accuracy(
            (double) correct / SAMPLES,
            interval.low(),
            interval.high(),
            (double) (correct - BASELINE_CORRECT) / SAMPLES,
            1),
        new Latency(
            ms,
            ReferenceRatio.ABSENT,
            ms,
            ms * (1 - spread),
            ms * (1 + spread),
            ms,
            0,
            Percentiles.ABSENT),
        Startup.ABSENT,
        UnderLoad.ABSENT,
        new Memory(memoryMb, 0, ResidentMemory.ABSENT),
        new Energy(joules, Double.NaN, Double.NaN, ""),
        Optional.empty(),
        List.of(),
        new Evidence(5, 100, OptionalInt.empty()));
  }

  /** Returns up to 12 rows on a coarse grid, so that many are equal in something. */
  static List<SweepRow> random(Random random) {
    List<SweepRow> rows = new ArrayList<>();
    rows.add(row(cell("base"), 1 + random.nextInt(5), 0.1, BASELINE_CORRECT, 1.5, 0.3));
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      Cell cell = cell("m" + i);
      rows.add(
          random.nextInt(10) == 0
              ? Rows.failed(cell)
              : row(
                  cell,
                  random.nextInt(20) == 0 ? Double.NaN : (1 + random.nextInt(10)) / 2.0,
                  random.nextInt(20) == 0 ? Double.NaN : random.nextInt(5) / 10.0,
                  120 + random.nextInt(16) * 5,
                  (1 + random.nextInt(8)) / 4.0,
                  (1 + random.nextInt(8)) / 10.0));
    }
    return rows;
  }
}
