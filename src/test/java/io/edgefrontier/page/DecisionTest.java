package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.analysis.AccuracyBasis;
import io.edgefrontier.analysis.FrontierFiles;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.Objective;
import io.edgefrontier.analysis.ParetoFrontier;
import io.edgefrontier.analysis.Recommendation;
import io.edgefrontier.analysis.Worth;
import io.edgefrontier.report.Axis;
import io.edgefrontier.report.Findings;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds decide.js against the Java rules, on sweeps full of ties, gaps and failures. */
class DecisionTest {
  private static final double MIB = 1 << 20;
  private static final int SWEEPS = 2000;
  private static final ScriptEngine ENGINE = ScriptEngine.drawing();

  /** A sweep as the merge made it, and what the script decided on the same budget. */
  private record Decided(
      RandomSweep sweep, AccuracyBasis basis, List<SweepRow> rows, JsonObject decision) {
    static Decided of(RandomSweep sweep, AccuracyBasis basis) {
      List<SweepRow> rows = sweep.rows();
      String decision =
          ENGINE.call(
              "EF_DECIDE.decide", data(sweep, rows, basis), new JsonPrimitive(sweep.activeMb()));
      return new Decided(sweep, basis, rows, JsonParser.parseString(decision).getAsJsonObject());
    }

    Set<Cell> frontier(String name) {
      JsonArray on = decision.getAsJsonObject("frontiers").getAsJsonArray(name);
      assertEquals(rows.size(), on.size());
      Set<Cell> cells = new HashSet<>();
      for (int i = 0; i < rows.size(); i++) {
        if (on.get(i).getAsBoolean()) {
          cells.add(rows.get(i).cell());
        }
      }
      return cells;
    }
  }

  private static final List<Decided> DECIDED = new ArrayList<>();

  @BeforeAll
  static void decide() {
    Random random = new Random(1);
    for (int i = 0; i < SWEEPS; i++) {
      AccuracyBasis basis = i % 3 == 0 ? AccuracyBasis.CI_LOW : AccuracyBasis.TOP1;
      DECIDED.add(Decided.of(RandomSweep.of(random), basis));
    }
  }

  @Test
  void acceptsAndRejectsAsTheMergeDoes() {
    int accepted = 0;
    int rejected = 0;
    for (Decided decided : DECIDED) {
      for (int i = 0; i < decided.rows().size(); i++) {
        boolean fits = decided.decision().getAsJsonArray("accepted").get(i).getAsBoolean();
        assertEquals(decided.rows().get(i).accepted(), fits, decided.toString());
        accepted += fits ? 1 : 0;
        rejected += fits ? 0 : 1;
      }
    }
    assertTrue(accepted > SWEEPS && rejected > SWEEPS, accepted + " and " + rejected);
  }

  @Test
  void violatesATrackedBudgetAsTheMergeSays() {
    Set<String> seen = new HashSet<>();
    for (Decided decided : DECIDED.subList(0, 200)) {
      List<SweepRow> rows = decided.rows();
      JsonArray cells = data(decided.sweep(), rows, decided.basis()).getAsJsonArray("cells");
      List<Double> budgets = decided.sweep().trackedMb();
      for (int i = 0; i < rows.size() * budgets.size(); i++) {
        int row = i / budgets.size();
        int budget = i % budgets.size();
        JsonPrimitive mb = new JsonPrimitive(budgets.get(budget));
        String answer = ENGINE.call("EF_DECIDE.violates", cells.get(row), mb);
        Optional<Boolean> verdict = rows.get(row).violations().get(budget);
        assertEquals(verdict.map(String::valueOf).orElse("null"), answer);
        seen.add(answer);
      }
    }
    assertEquals(Set.of("true", "false", "null"), seen);
  }

  @Test
  void hasTheFrontiersOfTheJavaCode() {
    long members = 0;
    for (Decided decided : DECIDED) {
      for (Objective objective : Objective.values()) {
        Set<Cell> expected = new HashSet<>();
        ParetoFrontier.of(decided.rows(), objective, decided.basis())
            .forEach(on -> expected.add(on.row().cell()));
        assertEquals(expected, decided.frontier(objective.label()), objective + " " + decided);
        members += expected.size();
      }
    }
    assertTrue(members > 2L * SWEEPS, "frontiers of " + members + " rows say little");
  }

  @Test
  void hasFrontiersByTheSameRuleForWhatNoFileHas() {
    for (Decided decided : DECIDED) {
      ToDoubleFunction<SweepRow> worth =
          row ->
              decided.basis() == AccuracyBasis.TOP1
                  ? row.accuracy().top1()
                  : row.accuracy().ci95Low();
      assertEquals(
          generic(decided.rows(), row -> row.startup().coldStartMs(), worth),
          decided.frontier("coldStart"));
      assertEquals(generic(decided.rows(), DecisionTest::sizeMb, worth), decided.frontier("size"));
    }
  }

  private static double sizeMb(SweepRow row) {
    return row.archive().map(archive -> archive.bytes() / MIB).orElse(Double.NaN);
  }

  @Test
  void recommendsWhatTheJavaCodeRecommends() {
    int recommended = 0;
    int notTheBest = 0;
    for (Decided decided : DECIDED) {
      Optional<Recommendation> expected = Recommendation.of(decided.rows());
      assertEquals(
          expected.map(found -> decided.rows().indexOf(found.row())).orElse(-1),
          decided.decision().get("recommended").getAsInt(),
          decided.toString());
      recommended += expected.isPresent() ? 1 : 0;
      notTheBest += expected.filter(found -> !found.row().equals(found.best())).isPresent() ? 1 : 0;
    }
    assertTrue(
        recommended > SWEEPS / 3 && notTheBest > SWEEPS / 20, recommended + " " + notTheBest);
  }

  @Test
  void readsTheSameFrontiersFromFilesWithAndWithoutAccuracy(@TempDir Path folder)
      throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      boolean accuracy = i % 2 == 0;
      Decided decided = Decided.of(RandomSweep.of(random, accuracy), AccuracyBasis.CI_LOW);
      if (decided.rows().stream().noneMatch(row -> row.error().isEmpty())) {
        continue; // then nobody can tell whether accuracy was measured
      }
      Path table = folder.resolve("sweep_results.csv");
      new SweepTable(decided.sweep().trackedMb(), decided.rows()).write(table);
      for (Objective objective : Objective.values()) {
        Worth worth =
            accuracy ? Worth.of(AccuracyBasis.CI_LOW) : Worth.insteadOfAccuracy(objective);
        FrontierFiles.Request request = FrontierFiles.Request.of(objective, worth, folder);
        FrontierFiles.write(table, List.of(request));
        Set<Cell> expected = new HashSet<>();
        FrontierRow.read(request.target()).forEach(on -> expected.add(on.row().cell()));
        assertEquals(expected, decided.frontier(objective.label()), request.toString());
      }
    }
  }

  /** The rule by its own words, for figures that no objective of a run's files has. */
  private static Set<Cell> generic(
      List<SweepRow> rows, ToDoubleFunction<SweepRow> cost, ToDoubleFunction<SweepRow> worth) {
    ParetoFrontier<Cell> frontier = new ParetoFrontier<>();
    for (SweepRow row : rows) {
      if (row.accepted()) {
        frontier.offer(
            new ParetoFrontier.Candidate<>(
                cost.applyAsDouble(row),
                worth.applyAsDouble(row),
                Interval.ABSENT,
                Interval.ABSENT,
                row.cell()));
      }
    }
    Set<Cell> cells = new HashSet<>();
    frontier.candidates().forEach(candidate -> cells.add(candidate.row()));
    return cells;
  }

  private static JsonObject data(RandomSweep sweep, List<SweepRow> rows, AccuracyBasis basis) {
    Map<Axis, Set<Cell>> none = new EnumMap<>(Axis.class);
    Findings findings =
        new Findings(
            rows,
            sweep.metric().label(),
            sweep.activeMb(),
            sweep.trackedMb(),
            none,
            Optional.empty(),
            "",
            false);
    return PageData.of(findings, basis, "random");
  }
}
