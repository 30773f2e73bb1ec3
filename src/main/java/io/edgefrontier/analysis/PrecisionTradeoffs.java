package io.edgefrontier.analysis;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.PrecisionTradeoff;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each precision against fp32 of the same model, pruning level, batch size and threads. */
public final class PrecisionTradeoffs {
  private PrecisionTradeoffs() {}

  /**
   * Returns one row for each row without an error whose fp32 counterpart has none either, in the
   * same order; fp32 rows, which would compare with themselves, are left out.
   */
  public static List<PrecisionTradeoff> of(List<SweepRow> rows) {
    Map<Cell, SweepRow> baselines = new HashMap<>();
    for (SweepRow row : rows) {
      if (isFp32(row) && row.error().isEmpty()) {
        baselines.put(row.cell(), row);
      }
    }
    List<PrecisionTradeoff> tradeoffs = new ArrayList<>();
    for (SweepRow row : rows) {
      SweepRow baseline = baselines.get(atFp32(row.cell()));
      if (!isFp32(row) && row.error().isEmpty() && baseline != null) {
        tradeoffs.add(compare(row, baseline));
      }
    }
    return tradeoffs;
  }

  private static boolean isFp32(SweepRow row) {
    return row.cell().variant().precision() == Precision.FP32;
  }

  private static Cell atFp32(Cell cell) {
    Variant variant = cell.variant();
    return new Cell(
        new Variant(variant.model(), variant.pruningLevel(), Precision.FP32),
        cell.batchSize(),
        cell.threads());
  }

  private static PrecisionTradeoff compare(SweepRow row, SweepRow fp32) {
    double measured = ratio(row.energy().measuredJ(), fp32.energy().measuredJ());
    return new PrecisionTradeoff(
        row.cell(),
        ratio(row.latency().medianMs(), fp32.latency().medianMs()),
        ratio(row.memory().modelMb(), fp32.memory().modelMb()),
        row.accuracy().top1() - fp32.accuracy().top1(),
        Double.isNaN(measured) ? ratio(row.energy().proxyJ(), fp32.energy().proxyJ()) : measured);
  }

  private static double ratio(double value, double baseline) {
    return baseline > 0 ? value / baseline : Double.NaN;
  }
}
