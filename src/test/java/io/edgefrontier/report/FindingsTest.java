package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgefrontier.variant.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingsTest {
  @Test
  void rejectsAFrontierOfCellsThatAreNoRows() {
    var stranger = Sweeps.cell("other", 0, Precision.FP32);
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Findings(
                    Sweeps.typical().rows(),
                    "model_memory_mb",
                    Sweeps.ACTIVE_MB,
                    Sweeps.TRACKED_MB,
                    Map.of(Axis.LATENCY, Set.of(stranger)),
                    Optional.empty(),
                    "",
                    false));

    assertEquals(
        "other-p0.0-fp32 is on a frontier or recommended, but is no row of the sweep",
        error.getMessage());
  }

  @Test
  void rejectsRowsThatWereJudgedByOtherBudgets() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Findings(
                    Sweeps.single().rows(),
                    "model_memory_mb",
                    Sweeps.ACTIVE_MB,
                    List.of(1.0),
                    Map.of(),
                    Optional.empty(),
                    "",
                    false));

    assertEquals(
        "mlp-p0.0-int8 has verdicts on 2 budgets, expected 1, one for each tracked budget",
        error.getMessage());
  }
}
