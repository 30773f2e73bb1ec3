package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reports of a sweep that left accuracy out: latency and energy against memory. */
class WithoutAccuracyReportTest {
  private static final String SENTENCE = "Accuracy was not measured, so no variant is recommended.";

  private static final SweepRow FAST = row(0.75, 0.1, 0.14);
  private static final SweepRow MIDDLE = row(0.5, 0.2, 0.09);
  private static final SweepRow SMALL = row(0.25, 0.4, 0.02);
  private static final SweepRow BEATEN = row(0, 0.5, 0.1);
  private static final Findings FINDINGS = findings(FAST, MIDDLE, SMALL, BEATEN);

  private static SweepRow row(double level, double ms, double modelMb) {
    return Sweeps.row(
        Sweeps.cell("mlp", level, Precision.FP32),
        Sweeps.latency(ms, ms * 0.9, ms * 1.1, ms * 2),
        Accuracy.ABSENT,
        modelMb);
  }

  private static Findings findings(SweepRow... rows) {
    Map<Axis, Set<Cell>> frontiers = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      frontiers.put(axis, Set.of(FAST.cell(), MIDDLE.cell(), SMALL.cell()));
    }
    return new Findings(
        List.of(rows),
        "model_memory_mb",
        Sweeps.ACTIVE_MB,
        Sweeps.TRACKED_MB,
        frontiers,
        Optional.empty(),
        SENTENCE,
        false);
  }

  @Test
  void theTerminalSaysSoAndHasNoColumnOfDashes() {
    List<String> lines = TerminalTable.lines(FINDINGS);
    assertFalse(lines.get(0).contains("accuracy"), lines.get(0));
    assertTrue(lines.get(2).contains("L E M"), lines.get(2));
    assertTrue(lines.contains("Accuracy was not measured (--no-accuracy)."), lines.toString());
    assertTrue(
        lines.contains(
            "front: on the frontier of model memory against L latency, E energy; M: as L."),
        lines.toString());
    lines.forEach(line -> assertTrue(line.matches("[ -~]{0,100}"), line));
    assertTrue(TerminalTable.lines(Sweeps.typical()).get(0).contains("accuracy"));
  }

  @Test
  void thePageSaysWhatTheFrontierIsThen() {
    String page = ResultsReadme.text(FINDINGS, Sweeps.notes());
    assertTrue(page.contains("**" + SENTENCE + "**"), page);
    assertTrue(page.contains("Accuracy was not measured"), page);
    assertTrue(page.contains("no other beats in both model memory and latency"), page);
    assertFalse(page.contains("Wilson"), page);
    assertFalse(page.contains("Bold: recommended"), page);
  }

  @Test
  void cellsThatFailedDoNotMakeItASweepWithoutAccuracy() {
    assertTrue(Sweeps.onlyErrors().hasAccuracy());
    assertTrue(Sweeps.none().hasAccuracy());
    assertFalse(FINDINGS.hasAccuracy());
  }
}
