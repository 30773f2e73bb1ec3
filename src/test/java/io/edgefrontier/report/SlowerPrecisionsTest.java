package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowerPrecisionsTest {
  @Test
  void saysHowMuchSlowerAndInHowManyCells() {
    assertEquals(
        List.of(
            "bf16 is slower than fp32 on this machine: 1.50 to 2.00 times its latency in 2 of 3"
                + " cells.",
            "int8 is slower than fp32 on this machine: 1.25 times its latency in 1 of 1 cells."),
        SlowerPrecisions.sentences(
            Sweeps.findings(
                List.of(
                    row(0, Precision.FP32, 2),
                    row(0, Precision.BF16, 3),
                    row(0.25, Precision.FP32, 1),
                    row(0.25, Precision.BF16, 2),
                    row(0.5, Precision.FP32, 1),
                    row(0.5, Precision.BF16, 0.5),
                    row(0.5, Precision.FP16, 1),
                    row(0.5, Precision.INT8, 1.25)))));
  }

  @Test
  void saysNothingWhereFewerBitsAreFaster() {
    assertEquals(
        List.of(),
        SlowerPrecisions.sentences(
            Sweeps.findings(List.of(row(0, Precision.FP32, 2), row(0, Precision.INT8, 1)))));
  }

  private static SweepRow row(double level, Precision precision, double ms) {
    return Sweeps.row(
        Sweeps.cell("net", level, precision),
        Sweeps.latency(ms, ms, ms, ms),
        Sweeps.wilson(350, 360),
        0.1);
  }
}
