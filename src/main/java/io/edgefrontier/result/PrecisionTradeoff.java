package io.edgefrontier.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of precision_tradeoffs.csv: a precision against fp32 at the same model, pruning level,
 * batch size and threads. Ratios are this precision / fp32; absent where either side is.
 *
 * @param latencyRatio below 1 is faster
 * @param memoryRatio of model memory
 * @param accuracyDelta this precision minus fp32
 * @param energyProxyRatio of modelled energy
 */
public record PrecisionTradeoff(
    Cell cell,
    double latencyRatio,
    double memoryRatio,
    double accuracyDelta,
    double energyProxyRatio) {
  /** precision_tradeoffs.csv; a cell may occur only once. */
  public static final CsvTable<PrecisionTradeoff> TABLE =
      new CsvTable<>(columns(), PrecisionTradeoff::parse, PrecisionTradeoff::cell);

  /** Returns how many times faster than fp32 this precision is. */
  public double speedup() {
    return 1 / latencyRatio;
  }

  private static List<CsvColumn<PrecisionTradeoff>> columns() {
    List<CsvColumn<PrecisionTradeoff>> columns =
        new ArrayList<>(CsvColumn.ofCell(PrecisionTradeoff::cell));
    columns.add(CsvColumn.number("latency_ratio_vs_fp32", PrecisionTradeoff::latencyRatio));
    columns.add(CsvColumn.number("speedup_vs_fp32", PrecisionTradeoff::speedup));
    columns.add(CsvColumn.number("memory_ratio_vs_fp32", PrecisionTradeoff::memoryRatio));
    columns.add(CsvColumn.number("accuracy_delta_vs_fp32", PrecisionTradeoff::accuracyDelta));
    columns.add(
        CsvColumn.number("energy_proxy_ratio_vs_fp32", PrecisionTradeoff::energyProxyRatio));
    return columns;
  }

  private static PrecisionTradeoff parse(CsvRow row) throws IOException {
    return new PrecisionTradeoff(
        row.cell(),
        row.number("latency_ratio_vs_fp32"),
        row.number("memory_ratio_vs_fp32"),
        row.number("accuracy_delta_vs_fp32"),
        row.number("energy_proxy_ratio_vs_fp32"));
  }
}
