package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.HardwareUse;
import io.edgefrontier.result.PrecisionTradeoff;
import io.edgefrontier.result.Predictions;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Recommendation, trade-offs, hardware use and paired accuracy. */
class VerdictTest {
  private static final SweepRow FP32 = Rows.row(Rows.cell(0, Precision.FP32), 2, 350, true);
  private static final SweepRow INT8 = Rows.row(Rows.cell(0, Precision.INT8), 0.5, 348, true);
  private static final SweepRow PRUNED = Rows.row(Rows.cell(0.75, Precision.INT8), 0.1, 200, true);

  @Test
  void recommendsTheFastestOfThoseThatAreAsAccurateAsTheBest() {
    SweepRow rejected = Rows.row(Rows.cell(0.25, Precision.FP32), 0.01, 360, false);
    Recommendation recommendation =
        Recommendation.of(List.of(FP32, rejected, PRUNED, INT8)).orElseThrow();
    assertEquals(INT8, recommendation.row());
    assertEquals(FP32, recommendation.best());
    assertEquals(
        "Ship resnet8-p0.0-int8 (0.5000 ms at batch size 1, 1.000 MiB, 96.67 % accuracy): the"
            + " fastest accepted variant within the 95 % interval of the best accuracy, 97.22 % of"
            + " resnet8-p0.0-fp32, which takes 2.000 ms.",
        recommendation.sentence());
  }

  @Test
  void recommendsTheMostAccurateWhenNothingComesClose() {
    Recommendation recommendation = Recommendation.of(List.of(PRUNED, FP32)).orElseThrow();
    assertEquals(FP32, recommendation.row());
    assertEquals(
        "Ship resnet8-p0.0-fp32 (2.000 ms at batch size 1, 1.000 MiB, 97.22 % accuracy): it is the"
            + " most accurate accepted variant, and no faster one comes close enough.",
        recommendation.sentence());
  }

  @Test
  void recommendsNothingWithoutAnAcceptedRow() {
    assertEquals(
        Optional.empty(), Recommendation.of(List.of(Rows.failed(Rows.cell(0, Precision.FP32)))));
  }

  @Test
  void theRecommendedRowIsOnTheLatencyFrontier() {
    assertTrue(
        ParetoFrontier.of(List.of(FP32, PRUNED, INT8), Objective.LATENCY, AccuracyBasis.TOP1)
            .stream()
            .anyMatch(row -> row.row().equals(INT8)));
  }

  @Test
  void comparesEachPrecisionWithFp32OfTheSameLevel() {
    List<PrecisionTradeoff> tradeoffs =
        PrecisionTradeoffs.of(
            List.of(INT8, FP32, PRUNED, Rows.failed(Rows.cell(0, Precision.BF16))));
    assertEquals(1, tradeoffs.size(), "0.75 has no fp32, bf16 failed");
    PrecisionTradeoff tradeoff = tradeoffs.get(0);
    assertEquals(INT8.cell(), tradeoff.cell());
    assertEquals(0.25, tradeoff.latencyRatio());
    assertEquals(4, tradeoff.speedup());
    assertEquals(1, tradeoff.memoryRatio());
    assertEquals(-2 / 360.0, tradeoff.accuracyDelta(), 1e-15);
    assertEquals(0.25, tradeoff.energyProxyRatio());
  }

  @Test
  void achievedRatesFollowFromMacsBytesAndLatency() {
    // 2e6 MACs and 1.5 MiB in 2 ms: 1 GMAC/s and 0.786 GB/s.
    HardwareUse use = HardwareSummary.of(List.of(FP32), Optional.empty()).get(0);
    assertEquals(1_572_864, use.bytes());
    assertEquals(1, use.gmacPerS(), 1e-12);
    assertEquals(0.786432, use.gbPerS(), 1e-12);
    assertEquals(2e6 / 1_572_864, use.macsPerByte(), 1e-12);
    assertEquals(Optional.empty(), use.regime());
    assertEquals(Optional.of(HardwareUse.Regime.COMPUTE_BOUND), regime(new HardwarePeaks(10, 10)));
    assertEquals(Optional.of(HardwareUse.Regime.MEMORY_BOUND), regime(new HardwarePeaks(50, 10)));
    assertEquals(
        List.of(), HardwareSummary.of(List.of(Rows.failed(FP32.cell())), Optional.empty()));
    assertEquals(
        "peaks must be finite and > 0, got 0.0 GMAC/s and 1.0 GB/s",
        assertThrows(IllegalArgumentException.class, () -> new HardwarePeaks(0, 1)).getMessage());
  }

  private static Optional<HardwareUse.Regime> regime(HardwarePeaks peaks) {
    return HardwareSummary.of(List.of(FP32), Optional.of(peaks)).get(0).regime();
  }

  @Test
  void accuracyIsComparedSampleBySample() {
    Variant base = FP32.cell().variant();
    Variant other = INT8.cell().variant();
    Predictions predictions =
        new Predictions(
            List.of(other.id(), base.id()),
            List.of(
                new Predictions.Sample(0, 1, List.of(1, 1)),
                new Predictions.Sample(1, 2, List.of(0, 2)),
                new Predictions.Sample(2, 3, List.of(0, 3)),
                new Predictions.Sample(3, 4, List.of(4, 0))));
    List<AccuracyRow> rows = PairedAccuracy.of(predictions, List.of(base, other), base);
    assertEquals(0.75, rows.get(0).accuracy().top1());
    assertEquals(0, rows.get(0).accuracy().delta());
    assertEquals(1, rows.get(0).accuracy().pValue());
    assertEquals(2, rows.get(1).correct());
    assertEquals(-0.25, rows.get(1).accuracy().delta());
    assertEquals(1, rows.get(1).accuracy().pValue(), "one of three: 2 x (1 + 3) / 8");
    assertEquals(
        "no predictions of resnet8-p0.75-int8; there are those of [resnet8-p0.0-int8,"
            + " resnet8-p0.0-fp32]",
        assertThrows(
                IllegalArgumentException.class,
                () -> PairedAccuracy.of(predictions, List.of(PRUNED.cell().variant()), base))
            .getMessage());
  }
}
