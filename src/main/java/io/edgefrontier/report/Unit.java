package io.edgefrontier.report;

import io.edgefrontier.result.SweepRow;

/**
 * A unit as it is printed, and what a value in the axis' own unit is multiplied by to get there.
 */
enum Unit {
  MILLISECOND("ms", 1),
  MILLIJOULE("mJ", 1),
  MEBIBYTE("MiB", 1),
  KIBIBYTE("KiB", 1024);

  private final String symbol;
  private final double factor;

  Unit(String symbol, double factor) {
    this.symbol = symbol;
    this.factor = factor;
  }

  /** Returns KiB when every model is smaller than one MiB, else MiB. */
  static Unit ofMemory(Iterable<SweepRow> rows) {
    for (SweepRow row : rows) {
      if (row.memory().modelMb() >= 1) {
        return MEBIBYTE;
      }
    }
    return KIBIBYTE;
  }

  String symbol() {
    return symbol;
  }

  double of(double value) {
    return value * factor;
  }
}
