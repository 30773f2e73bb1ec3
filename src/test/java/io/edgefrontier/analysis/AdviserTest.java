package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.analysis.Advice.Choice;
import io.edgefrontier.analysis.Advice.Margin;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Evidence;
import io.edgefrontier.result.SweepRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdviserTest {
  /** Slow and accurate, then faster and worse; the intervals of 190 and 186 of 200 overlap. */
  private static final SweepRow BASE = row("base", 4, 190, 2);

  private static final SweepRow HALF = row("half", 2, 186, 1);
  private static final SweepRow SMALL = row("small", 1, 150, 0.5);
  private static final List<SweepRow> ROWS = List.of(BASE, HALF, SMALL);

  private static SweepRow row(String model, double ms, int correct, double memoryMb) {
    return AdviceRows.row(AdviceRows.cell(model), ms, 0.05, correct, memoryMb, ms / 1000);
  }

  private static Advice advise(List<SweepRow> rows, Limits limits, Preference preference) {
    return Adviser.advise(
        rows, LimitFigures.of(rows, BudgetMetric.MODEL_MEMORY_MB, false), limits, preference);
  }

  private static Advice advise(Limits limits) {
    return advise(ROWS, limits, Preference.ACCURACY);
  }

  private static Choice choice(Limits limits) {
    return advise(limits).choice().orElseThrow();
  }

  @Test
  void underTheRunsOwnBudgetItSaysWhatTheRunSays() {
    Random random = new Random(7);
    Limits own = Limits.NONE.with(LimitKind.MAX_MEMORY_MB, 1);
    for (int i = 0; i < 1000; i++) {
      List<SweepRow> rows = AdviceRows.random(random);
      assertEquals(
          Recommendation.of(rows).map(Recommendation::row),
          advise(rows, own, Preference.ACCURACY).choice().map(Choice::row));
    }
  }

  @Test
  void aLimitOnMemoryTakesThePlaceOfTheRunsBudget() {
    List<SweepRow> rejected = List.of(BASE, SMALL);
    assertFalse(BASE.accepted());
    Limits wide = Limits.NONE.with(LimitKind.MAX_MEMORY_MB, 2);
    assertEquals(BASE, advise(rejected, wide, Preference.ACCURACY).choice().orElseThrow().row());
  }

  @Test
  void takesTheFastestWithinTheIntervalOfTheBestUnlessToldWhatToPrefer() {
    assertEquals(HALF, choice(Limits.NONE).row());
    assertEquals(Optional.of(BASE), choice(Limits.NONE).best());
    assertEquals(Optional.of(BASE), choice(Limits.NONE).runnerUp());
    for (Preference preference :
        List.of(Preference.LATENCY, Preference.MEMORY, Preference.ENERGY)) {
      assertEquals(SMALL, advise(ROWS, Limits.NONE, preference).choice().orElseThrow().row());
    }
    Limits floor = Limits.NONE.with(LimitKind.MIN_ACCURACY, 0.9);
    assertEquals(HALF, advise(ROWS, floor, Preference.LATENCY).choice().orElseThrow().row());
  }

  @Test
  void aDropIsAgainstTheBaseline() {
    assertEquals(HALF, choice(Limits.NONE.with(LimitKind.MAX_ACCURACY_DROP, 0.02)).row());
    assertEquals(BASE, choice(Limits.NONE.with(LimitKind.MAX_ACCURACY_DROP, 0.0199)).row());
    assertEquals(BASE, choice(Limits.NONE.with(LimitKind.MAX_ACCURACY_DROP, 0)).row());
  }

  @Test
  void intervalsDecideWhereTheyAreAskedTo() {
    LimitFigures certain = LimitFigures.of(ROWS, BudgetMetric.MODEL_MEMORY_MB, true);
    Limits limits =
        Limits.NONE.with(LimitKind.MAX_LATENCY_MS, 4.1).with(LimitKind.MIN_ACCURACY, 0.9);
    assertEquals(
        List.of(BASE, HALF), advise(limits).fitting(), "by their figures both keep the limits");
    assertEquals(
        List.of(),
        Adviser.advise(ROWS, certain, limits, Preference.ACCURACY).fitting(),
        "4.2 ms and 88.6 % are the ends of their intervals");
    assertEquals(List.of(LimitKind.MIN_ACCURACY), choice(limits).uncertain());
    Limits drop = Limits.NONE.with(LimitKind.MAX_ACCURACY_DROP, 0.03);
    assertEquals(
        List.of(BASE),
        Adviser.advise(ROWS, certain, drop, Preference.ACCURACY).fitting(),
        "against itself the baseline has no uncertain drop");
  }

  // Newcombe (1998), table II, method 10 (hybrid score without correction), 56/70 - 48/80:
  // [0.0524, 0.3339].
  @Test
  void theIntervalOfADropIsNewcombes() {
    SweepRow base = shares("base", 56, 70, 0);
    SweepRow other = shares("other", 48, 80, 48 / 80.0 - 56 / 70.0);
    Interval interval =
        LimitFigures.of(List.of(base, other), BudgetMetric.MODEL_MEMORY_MB, true)
            .interval(LimitKind.MAX_ACCURACY_DROP, other);
    assertEquals(0.0524, interval.low(), 5e-5);
    assertEquals(0.3339, interval.high(), 5e-5);
  }

  private static SweepRow shares(String model, int correct, int samples, double delta) {
    SweepRow row = row(model, 1, 150, 1);
    Interval interval = Statistics.wilson(correct, samples);
    return new SweepRow(
        row.cell(),
        true,
        "",
        1,
        new Accuracy((double) correct / samples, interval.low(), interval.high(), delta, 1),
        row.latency(),
        row.startup(),
        row.load(),
        row.memory(),
        row.energy(),
        row.archive(),
        row.violations(),
        row.evidence());
  }

  @Test
  void callsATieWhatIntervalsDoNotTellApart() {
    SweepRow twin = row("twin", 2.05, 185, 1);
    SweepRow slow = row("slow", 3, 186, 1);
    List<SweepRow> rows = List.of(HALF, twin, slow, SMALL);
    assertEquals(
        List.of(twin),
        advise(rows, Limits.NONE, Preference.ACCURACY).choice().orElseThrow().ties());
    assertEquals(
        List.of(), advise(rows, Limits.NONE, Preference.LATENCY).choice().orElseThrow().ties());
  }

  // It lost on accuracy alone, by less than the intervals can tell.
  @Test
  void aFasterCellWhoseAccuracyOverlapsIsATie() {
    SweepRow faster = row("faster", 0.5, 176, 1);
    List<SweepRow> rows = List.of(row("base", 4, 190, 2), faster);
    Choice choice = advise(rows, Limits.NONE, Preference.ACCURACY).choice().orElseThrow();
    assertEquals(rows.get(0), choice.row());
    assertEquals(List.of(faster), choice.ties());
  }

  @Test
  void fewForksTellNothingApart() {
    LimitFigures figures = LimitFigures.of(ROWS, BudgetMetric.MODEL_MEMORY_MB, false);
    assertEquals(Separation.DISTINCT, Separation.of(LimitKind.MAX_LATENCY_MS, BASE, HALF, figures));
    assertEquals(
        Separation.TOO_FEW_FORKS,
        Separation.of(LimitKind.MAX_LATENCY_MS, forks(BASE, 3), HALF, figures));
    assertEquals(
        Separation.DISTINCT, Separation.of(LimitKind.MIN_ACCURACY, forks(BASE, 3), SMALL, figures));
    assertEquals(Separation.TIE, Separation.of(LimitKind.MIN_ACCURACY, BASE, HALF, figures));
    SweepRow bare = AdviceRows.row(AdviceRows.cell("bare"), 2, Double.NaN, 186, 1, 0.1);
    assertEquals(Separation.UNKNOWN, Separation.of(LimitKind.MAX_LATENCY_MS, BASE, bare, figures));
  }

  private static SweepRow forks(SweepRow row, int forks) {
    return with(row, row.cell(), row.energy(), new Evidence(forks, 9, OptionalInt.empty()));
  }

  private static SweepRow with(SweepRow row, Cell cell, Energy energy, Evidence evidence) {
    return new SweepRow(
        cell,
        row.accepted(),
        row.error(),
        row.activeBudgetMb(),
        row.accuracy(),
        row.latency(),
        row.startup(),
        row.load(),
        row.memory(),
        energy,
        row.archive(),
        row.violations(),
        evidence);
  }

  @Test
  void theRunnerUpIsAnotherVariant() {
    SweepRow again =
        with(HALF, new Cell(HALF.cell().variant(), 1, 2), HALF.energy(), HALF.evidence());
    Choice choice =
        advise(List.of(HALF, again, BASE), Limits.NONE, Preference.ACCURACY).choice().orElseThrow();
    assertEquals(Optional.of(BASE), choice.runnerUp());
    assertEquals(List.of(), choice.ties());
  }

  @Test
  void measuredEnergyCountsWhereOneSensorMeasuredAll() {
    Energy measured = new Energy(1, 0.25, Double.NaN, "powercap:package-0");
    Energy elsewhere = new Energy(1, 0.25, Double.NaN, "battery:BAT0");
    SweepRow first = with(BASE, BASE.cell(), measured, BASE.evidence());
    SweepRow second = with(HALF, HALF.cell(), measured, HALF.evidence());
    SweepRow other = with(HALF, HALF.cell(), elsewhere, HALF.evidence());
    SweepRow failed = Rows.failed(AdviceRows.cell("failed"));
    assertEquals(EnergyBasis.MEASURED, EnergyBasis.of(List.of(first, second, failed)));
    assertEquals(EnergyBasis.MODELLED, EnergyBasis.of(List.of(first, other)));
    assertEquals(EnergyBasis.MODELLED, EnergyBasis.of(List.of(first, HALF)));
    Limits limits = Limits.NONE.with(LimitKind.MAX_ENERGY_J, 0.3);
    assertEquals(1, advise(List.of(first), limits, Preference.ACCURACY).fitting().size());
  }

  @Test
  void tellsWhatALimitCosts() {
    Limits limits =
        Limits.NONE.with(LimitKind.MAX_MEMORY_MB, 0.75).with(LimitKind.MIN_ACCURACY, 0.5);
    Choice choice = choice(limits);
    assertEquals(SMALL, choice.row());
    Margin memory = margin(choice, LimitKind.MAX_MEMORY_MB);
    assertTrue(memory.binding());
    assertEquals(HALF, memory.looser().orElseThrow().row());
    assertEquals(0.5, memory.looser().orElseThrow().costChange());
    assertEquals(0.36, memory.looser().orElseThrow().accuracyPerCost(), 1e-12);
    assertEquals(Separation.DISTINCT, memory.looser().orElseThrow().accuracy());
    assertEquals(Optional.empty(), memory.tighter());
    Margin accuracy = margin(choice, LimitKind.MIN_ACCURACY);
    assertFalse(accuracy.binding());
    assertEquals(Optional.empty(), accuracy.looser());
    Margin latency = margin(choice, LimitKind.MAX_LATENCY_MS);
    assertTrue(latency.bound().isEmpty());
    assertFalse(latency.binding());
  }

  private static Margin margin(Choice choice, LimitKind kind) {
    return choice.margins().stream().filter(m -> m.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void whereNothingFitsItTellsWhatComesClosestAndWhatWouldHaveToGive() {
    Limits limits =
        Limits.NONE.with(LimitKind.MAX_LATENCY_MS, 1.6).with(LimitKind.MIN_ACCURACY, 0.9);
    Advice advice = advise(limits);
    assertEquals(Optional.empty(), advice.choice());
    Advice.NearMiss miss = advice.nearMiss().orElseThrow();
    assertEquals(SMALL, miss.row(), "16.7 % less accurate; half is 25 % slower");
    assertEquals(Optional.of(HALF), miss.concessions().get(0).row());
    assertEquals(Optional.of(SMALL), miss.concessions().get(1).row());
    Limits hopeless = limits.with(LimitKind.MAX_ENERGY_J, 0.0001);
    assertEquals(
        List.of(Optional.empty(), Optional.empty(), Optional.empty()),
        advise(hopeless).nearMiss().orElseThrow().concessions().stream()
            .map(Advice.Concession::row)
            .toList());
  }

  @Test
  void nothingComesCloseWhereNothingWasMeasured() {
    List<SweepRow> failed = List.of(Rows.failed(AdviceRows.cell("failed")));
    Advice advice = advise(failed, Limits.NONE, Preference.ACCURACY);
    assertEquals(Optional.empty(), advice.choice());
    assertEquals(Optional.empty(), advice.nearMiss());
  }
}
