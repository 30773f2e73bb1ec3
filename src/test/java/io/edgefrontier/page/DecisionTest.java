package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds decide.js against the Java rules, on sweeps full of ties, gaps and failures. */
class DecisionTest {
  private static final int SWEEPS = 3000;
  private static final double MIB = 1 << 20;

  private final ScriptEngine engine = ScriptEngine.drawing();

  @Test
  void acceptsAndRejectsAsTheMergeDoes() {
    Random random = new Random(1);
    int accepted = 0;
    int rejected = 0;
    for (int i = 0; i < SWEEPS; i++) {
      RandomSweep sweep = RandomSweep.of(random);
      List<SweepRow> rows = sweep.rows();
      JsonObject data = data(sweep, rows, AccuracyBasis.TOP1);
      JsonObject decision = decide(data, sweep.activeMb());
      for (int row = 0; row < rows.size(); row++) {
        boolean fits = decision.getAsJsonArray("accepted").get(row).getAsBoolean();
        assertEquals(rows.get(row).accepted(), fits, rows.get(row).toString());
        accepted += fits ? 1 : 0;
        rejected += fits ? 0 : 1;
      }
    }
    assertTrue(accepted > SWEEPS && rejected > SWEEPS, accepted + " and " + rejected);
  }

  @Test
  void violatesATrackedBudgetAsTheMergeSays() {
    Random random = new Random(2);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      RandomSweep sweep = RandomSweep.of(random);
      List<SweepRow> rows = sweep.rows();
      JsonArray cells = data(sweep, rows, AccuracyBasis.TOP1).getAsJsonArray("cells");
      for (int row = 0; row < rows.size(); row++) {
        for (int budget = 0; budget < sweep.trackedMb().size(); budget++) {
          String answer =
              engine.call(
                  "EF_DECIDE.violates",
                  cells.get(row),
                  new JsonPrimitive(sweep.trackedMb().get(budget)));
          Optional<Boolean> verdict = rows.get(row).violations().get(budget);
          assertEquals(verdict.map(String::valueOf).orElse("null"), answer);
          seen.add(answer);
        }
      }
    }
    assertEquals(Set.of("true", "false", "null"), seen);
  }

  @Test
  void hasTheFrontiersOfTheJavaCode() {
    Random random = new Random(3);
    long members = 0;
    for (int i = 0; i < SWEEPS; i++) {
      RandomSweep sweep = RandomSweep.of(random);
      List<SweepRow> rows = sweep.rows();
      AccuracyBasis basis = i % 3 == 0 ? AccuracyBasis.CI_LOW : AccuracyBasis.TOP1;
      JsonObject decision = decide(data(sweep, rows, basis), sweep.activeMb());
      for (Objective objective : Objective.values()) {
        Set<Cell> expected = new HashSet<>();
        ParetoFrontier.of(rows, objective, basis).forEach(on -> expected.add(on.row().cell()));
        assertEquals(expected, frontier(decision, objective.label(), rows), objective.label());
        members += expected.size();
      }
      ToDoubleFunction<SweepRow> worth =
          row -> basis == AccuracyBasis.TOP1 ? row.accuracy().top1() : row.accuracy().ci95Low();
      assertEquals(
          generic(rows, row -> row.startup().coldStartMs(), worth),
          frontier(decision, "coldStart", rows));
      assertEquals(
          generic(
              rows,
              row -> row.archive().map(archive -> archive.bytes() / MIB).orElse(Double.NaN),
              worth),
          frontier(decision, "size", rows));
    }
    assertTrue(members > 3L * SWEEPS, "frontiers of " + members + " rows say little");
  }

  @Test
  void recommendsWhatTheJavaCodeRecommends() {
    Random random = new Random(4);
    int recommended = 0;
    int notTheBest = 0;
    for (int i = 0; i < SWEEPS; i++) {
      RandomSweep sweep = RandomSweep.of(random);
      List<SweepRow> rows = sweep.rows();
      JsonObject decision = decide(data(sweep, rows, AccuracyBasis.TOP1), sweep.activeMb());
      Optional<Recommendation> expected = Recommendation.of(rows);
      int index = decision.get("recommended").getAsInt();
      assertEquals(expected.map(found -> rows.indexOf(found.row())).orElse(-1), index);
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
      RandomSweep sweep = RandomSweep.of(random, accuracy);
      List<SweepRow> rows = sweep.rows();
      Path table = folder.resolve("sweep_results.csv");
      new SweepTable(sweep.trackedMb(), rows).write(table);
      JsonObject data = data(sweep, rows, AccuracyBasis.CI_LOW);
      if (data.get("hasAccuracy").getAsBoolean() != accuracy) {
        continue; // every cell failed
      }
      JsonObject decision = decide(data, sweep.activeMb());
      for (Objective objective : Objective.values()) {
        Worth worth =
            accuracy ? Worth.of(AccuracyBasis.CI_LOW) : Worth.insteadOfAccuracy(objective);
        FrontierFiles.Request request = FrontierFiles.Request.of(objective, worth, folder);
        FrontierFiles.write(table, List.of(request));
        Set<Cell> expected = new HashSet<>();
        FrontierRow.read(request.target()).forEach(on -> expected.add(on.row().cell()));
        assertEquals(expected, frontier(decision, objective.label(), rows), request.toString());
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

  private JsonObject decide(JsonObject data, double budgetMb) {
    String decision = engine.call("EF_DECIDE.decide", data, new JsonPrimitive(budgetMb));
    return JsonParser.parseString(decision).getAsJsonObject();
  }

  private static Set<Cell> frontier(JsonObject decision, String name, List<SweepRow> rows) {
    JsonArray on = decision.getAsJsonObject("frontiers").getAsJsonArray(name);
    assertEquals(rows.size(), on.size());
    Set<Cell> cells = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      JsonElement member = on.get(i);
      if (member.getAsBoolean()) {
        cells.add(rows.get(i).cell());
      }
    }
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
