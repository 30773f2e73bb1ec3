package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Divergence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the reports say how often variants agree with the network that they were made of. */
class AgreementReportTest {
  private static final RunNotes NOTES =
      new RunNotes("Results", "run", Map.of(), List.of(), Map.of());

  @Test
  void agreementStandsBesideAccuracy() {
    SweepRow row = Sweeps.typical().byLatency().get(0);
    Findings findings =
        Sweeps.findings(
            List.of(
                compared(row, new Divergence(0.5, 0.25, 0.98765, "256 samples")),
                Sweeps.typical().byLatency().get(1)));
    List<String> table = MarkdownTable.lines(findings);
    List<String> header = cells(table.get(0));
    int agree = header.indexOf("agree (% base)");
    assertEquals("accuracy (% [95 %])", header.get(agree - 1).replace("\\", ""));
    assertEquals("98.8", cells(table.get(2)).get(agree));
    assertEquals("\\-", cells(table.get(3)).get(agree));
    assertTrue(ResultsReadme.text(findings, NOTES).contains("- Agree: share of samples"));
    assertTrue(
        TerminalTable.lines(findings).stream().allMatch(line -> line.length() <= 100),
        "the terminal's table stays narrow");
  }

  @Test
  void withoutAComparisonThereIsNoColumn() {
    Findings findings = Sweeps.typical();
    assertFalse(MarkdownTable.lines(findings).get(0).contains("agree"));
    assertFalse(ResultsReadme.text(findings, NOTES).contains("- Agree"));
  }

  private static List<String> cells(String line) {
    return List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
  }

  private static SweepRow compared(SweepRow row, Divergence divergence) {
    return new SweepRow(
        row.cell(),
        row.accepted(),
        row.error(),
        row.activeBudgetMb(),
        row.accuracy(),
        row.latency(),
        row.startup(),
        row.load(),
        row.memory(),
        row.energy(),
        row.archive(),
        row.violations(),
        row.evidence(),
        divergence);
  }
}
