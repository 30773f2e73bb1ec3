package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static final SweepRow ROW = Rows.row(Rows.cell(0.5, Precision.INT8), 2, 270, true);
  private static final LimitFigures FIGURES =
      LimitFigures.of(List.of(ROW), BudgetMetric.MODEL_MEMORY_MB, false);

  @ParameterizedTest
  @CsvSource({
    "MAX_LATENCY_MS, 0, --max-latency-ms: expected a finite number > 0",
    "MAX_LATENCY_MS, NaN, --max-latency-ms: expected a finite number > 0",
    "MAX_MEMORY_MB, -1, --max-memory-mb: expected a finite number > 0",
    "MAX_ENERGY_J, Infinity, --max-energy-j: expected a finite number > 0",
    "MIN_ACCURACY, 99, '--min-accuracy: expected a share in [0, 1], found 99.0'",
    "MIN_ACCURACY, NaN, '--min-accuracy: expected a share in [0, 1]'",
    "MAX_ACCURACY_DROP, -0.01, '--max-accuracy-drop: expected a share in [0, 1]'",
  })
  void refusesBoundsThatAreNone(LimitKind kind, double bound, String expected) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Limits.NONE.with(kind, bound))
            .getMessage();
    assertTrue(message.startsWith(expected), message);
  }

  @Test
  void aFigureThatEqualsItsBoundIsWithinIt() {
    assertTrue(kept(LimitKind.MAX_LATENCY_MS, 2));
    assertFalse(kept(LimitKind.MAX_LATENCY_MS, Math.nextDown(2.0)));
    assertTrue(kept(LimitKind.MIN_ACCURACY, 0.75));
    assertFalse(kept(LimitKind.MIN_ACCURACY, Math.nextUp(0.75)));
    assertTrue(kept(LimitKind.MAX_MEMORY_MB, 1));
  }

  @Test
  void aFigureThatIsAbsentKeepsNoLimit() {
    assertFalse(kept(LimitKind.MAX_ACCURACY_DROP, 1), "its delta is not known");
    SweepRow failed = Rows.failed(Rows.cell(0, Precision.FP32));
    assertFalse(Limits.NONE.keptBy(failed, FIGURES));
    assertTrue(Limits.NONE.keptBy(ROW, FIGURES));
  }

  @Test
  void tellsTheExcessRelativeToTheBound() {
    assertEquals(0.25, excess(LimitKind.MAX_LATENCY_MS, 1.6), 1e-12);
    assertEquals(0, excess(LimitKind.MAX_LATENCY_MS, 2));
    assertEquals(1.0 / 6, excess(LimitKind.MIN_ACCURACY, 0.9), 1e-12);
    assertTrue(Double.isNaN(excess(LimitKind.MAX_ACCURACY_DROP, 0.1)));
    assertEquals(0, Limits.NONE.excess(LimitKind.MAX_LATENCY_MS, ROW, FIGURES));
  }

  @Test
  void setsAndLiftsLimitsWithoutChangingItself() {
    Limits two = Limits.NONE.with(LimitKind.MAX_MEMORY_MB, 3).with(LimitKind.MAX_LATENCY_MS, 5);
    assertEquals(
        List.of(LimitKind.MAX_LATENCY_MS, LimitKind.MAX_MEMORY_MB), List.copyOf(two.kinds()));
    assertEquals(
        Map.of(LimitKind.MAX_LATENCY_MS, 5.0), two.without(LimitKind.MAX_MEMORY_MB).bounds());
    assertEquals(4, two.with(LimitKind.MAX_MEMORY_MB, 4).bounds().get(LimitKind.MAX_MEMORY_MB));
    assertEquals(3, two.bounds().get(LimitKind.MAX_MEMORY_MB));
    assertEquals(Set.of(), Limits.NONE.kinds());
  }

  private static boolean kept(LimitKind kind, double bound) {
    return Limits.NONE.with(kind, bound).keptBy(ROW, FIGURES);
  }

  private static double excess(LimitKind kind, double bound) {
    return Limits.NONE.with(kind, bound).excess(kind, ROW, FIGURES);
  }
}
