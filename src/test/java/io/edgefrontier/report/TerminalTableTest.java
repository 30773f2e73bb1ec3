package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalTableTest {
  @Test
  void staysWithinPlainAsciiAndAHundredColumns() {
    for (Findings findings : Sweeps.all()) {
      for (String line : TerminalTable.lines(findings)) {
        assertTrue(line.matches("[ -~]{0,100}"), line);
      }
    }
  }

  @Test
  void putsTheFastestFirstAndTheFailedLastWithItsReason() {
    List<String> lines = TerminalTable.lines(Sweeps.typical());

    assertTrue(lines.get(2).contains("0.105 +-0.004"), lines.get(2));
    assertTrue(lines.get(16).contains("1.484 +-0.056"), lines.get(16));
    assertTrue(lines.get(17).endsWith("failed: fork 2: exit 134, no result"), lines.get(17));
  }

  @Test
  void showsWhatIsAbsentAsADashAndNeverAsZero() {
    String row = TerminalTable.lines(Sweeps.absent()).get(2);

    assertEquals("0 fp32 - - - - rejected none", row.strip().replaceAll(" +", " "));
  }

  @Test
  void saysDashWhereABudgetCouldNotBeJudged() {
    Findings absent = Sweeps.absent();
    var row = absent.rows().get(0);
    var unjudged =
        new SweepRow(
            row.cell(),
            false,
            "",
            Sweeps.ACTIVE_MB,
            row.accuracy(),
            row.latency(),
            row.startup(),
            row.load(),
            row.memory(),
            row.energy(),
            row.archive(),
            List.of(Optional.empty(), Optional.empty()),
            row.evidence());

    String line = TerminalTable.lines(Sweeps.findings(List.of(unjudged))).get(2);

    assertTrue(line.matches(".* rejected +-"), line);
  }

  @Test
  void marksTheRecommendedCellAndTheFrontiers() {
    List<String> lines = TerminalTable.lines(Sweeps.typical());

    List<String> starred = lines.subList(2, 18).stream().filter(l -> l.startsWith("*")).toList();
    assertEquals(1, starred.size());
    assertTrue(starred.get(0).contains("0.00 int8"), starred.get(0));
    assertTrue(starred.get(0).endsWith("L E M"), starred.get(0));
    assertTrue(lines.get(7).endsWith("    M"), lines.get(7));
  }

  @Test
  void leavesOutWhatAReaderCanSpareBeforeItGrowsTooWide() {
    List<String> lines = TerminalTable.lines(Sweeps.twoBatchSizes());

    assertTrue(lines.get(0).contains("batch"), lines.get(0));
    assertFalse(lines.get(0).contains("p99"), lines.get(0));
    assertTrue(lines.contains("Left out for width: p99; see sweep_results.csv."), lines::toString);
  }

  @Test
  void turnsControlSequencesIntoQuestionMarks() {
    List<String> lines = TerminalTable.lines(Sweeps.hostile());

    assertTrue(lines.get(3).contains("failed: <script>alert(1)</script>"), lines.get(3));
  }

  @Test
  void showsSmallModelsInKibAndLargeOnesInMib() {
    assertTrue(TerminalTable.lines(Sweeps.typical()).get(1).contains(" KiB "));
    Findings large =
        Sweeps.findings(
            List.of(
                Sweeps.row(
                    Sweeps.cell("resnet18", 0, Precision.FP32),
                    Sweeps.latency(44, 43, 45, 60),
                    Accuracy.ABSENT,
                    44.7)));
    List<String> lines = TerminalTable.lines(large);
    assertTrue(lines.get(1).contains(" MiB "), lines.get(1));
    assertTrue(lines.get(2).contains(" 44.7 "), lines.get(2));
  }

  @Test
  void saysWhenFiguresAreRough() {
    assertFalse(TerminalTable.lines(Sweeps.typical()).contains(Wording.ROUGH));
    assertTrue(TerminalTable.lines(Sweeps.rough(Sweeps.typical())).contains(Wording.ROUGH));
  }
}
