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
import io.edgefrontier.variant.Archive;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows of a sweep for tests: 1 MiB, 1 W, 360 samples. */
final class Rows {
  private static final double NONE = Double.NaN;

  private Rows() {}

  static Cell cell(double level, Precision precision) {
    return new Cell(new Variant("resnet8", level, precision), 1, 1);
  }

  static SweepRow row(Cell cell, double latencyMs, long correct, boolean accepted) {
    Interval interval = Statistics.wilson(correct, 360);
    return new SweepRow(
        cell,
        accepted,
        "",
        12,
        new Accuracy(correct / 360.0, interval.low(), interval.high(), NONE, NONE),
        new Latency(
            latencyMs,
            ReferenceRatio.ABSENT,
            latencyMs,
            latencyMs * 0.9,
            latencyMs * 1.1,
            NONE,
            NONE,
            Percentiles.ABSENT),
        Startup.ABSENT,
        UnderLoad.ABSENT,
        new Memory(1, 0.5, ResidentMemory.ABSENT),
        new Energy(latencyMs / 1000, NONE, NONE, ""),
        Optional.of(new Archive("a.pt", "ab", 1, List.of(), 10, 2_000_000, 1 << 20, 1 << 19)),
        List.of(),
        new Evidence(3, 100, OptionalInt.empty()));
  }

  static SweepRow failed(Cell cell) {
    return new SweepRow(
        cell,
        false,
        "fork died",
        12,
        Accuracy.ABSENT,
        Latency.ABSENT,
        Startup.ABSENT,
        UnderLoad.ABSENT,
        Memory.ABSENT,
        Energy.ABSENT,
        Optional.empty(),
        List.of(),
        Evidence.NONE);
  }
}
