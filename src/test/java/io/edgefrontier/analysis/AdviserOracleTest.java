package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.analysis.Advice.Margin;
import io.edgefrontier.analysis.Advice.Step;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the adviser against its rules as loops over all rows, on thousands of random sweeps. */
class AdviserOracleTest {
  private static final int SWEEPS = 2000;
  private static final List<Preference> PREFERENCES = List.of(Preference.values());

  private List<SweepRow> rows;
  private LimitFigures figures;
  private Limits limits;
  private Advice advice;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithLoopsOverAllRows(long seed) {
    Random random = new Random(seed);
    int chosen = 0;
    int missed = 0;
    int steps = 0;
    for (int i = 0; i < SWEEPS; i++) {
      rows = AdviceRows.random(random);
      figures = LimitFigures.of(rows, BudgetMetric.MODEL_MEMORY_MB, random.nextInt(4) == 0);
      limits = limits(random);
      Preference preference = PREFERENCES.get(random.nextInt(PREFERENCES.size()));
      advice = Adviser.advise(rows, figures, limits, preference);

      List<SweepRow> fitting = rows.stream().filter(row -> keepsAllBut(row, null)).toList();
      assertEquals(fitting, advice.fitting());
      assertEquals(best(fitting, preference), advice.choice().map(Advice.Choice::row));
      if (advice.choice().isPresent()) {
        chosen++;
        steps += checkChoice(advice.choice().get(), fitting, preference);
      }
      if (fitting.isEmpty()) {
        missed += advice.nearMiss().isPresent() ? 1 : 0;
        checkNearMiss();
      } else {
        assertTrue(advice.nearMiss().isEmpty());
      }
    }
    assertTrue(chosen > 500 && missed > 200 && steps > 1000, chosen + " " + missed + " " + steps);
  }

  private static Limits limits(Random random) {
    Limits limits = Limits.NONE;
    if (random.nextBoolean()) {
      limits = limits.with(LimitKind.MAX_LATENCY_MS, (1 + random.nextInt(10)) / 2.0);
    }
    if (random.nextBoolean()) {
      limits = limits.with(LimitKind.MIN_ACCURACY, 0.6 + random.nextInt(16) / 40.0);
    }
    if (random.nextBoolean()) {
      limits = limits.with(LimitKind.MAX_MEMORY_MB, (1 + random.nextInt(8)) / 4.0);
    }
    if (random.nextInt(3) == 0) {
      limits = limits.with(LimitKind.MAX_ENERGY_J, (1 + random.nextInt(8)) / 10.0);
    }
    if (random.nextInt(3) == 0) {
      limits = limits.with(LimitKind.MAX_ACCURACY_DROP, random.nextInt(14) / 40.0);
    }
    return limits;
  }

  private boolean keeps(SweepRow row, LimitKind kind, double bound) {
    double figure = figures.figure(kind, row);
    return kind == LimitKind.MIN_ACCURACY ? figure >= bound : figure <= bound;
  }

  private boolean keepsAllBut(SweepRow row, LimitKind lifted) {
    if (!row.error().isEmpty()) {
      return false;
    }
    for (LimitKind kind : LimitKind.values()) {
      OptionalDouble bound = limits.bound(kind);
      if (kind != lifted && bound.isPresent() && !keeps(row, kind, bound.getAsDouble())) {
        return false;
      }
    }
    return true;
  }

  private Optional<SweepRow> best(List<SweepRow> candidates, Preference preference) {
    if (preference == Preference.ACCURACY) {
      return fastestCloseToTheBest(candidates);
    }
    SweepRow best = null;
    for (SweepRow row : candidates) {
      double cost = figures.point(preference.kind(), row);
      if (!Double.isNaN(cost) && (best == null || isBetter(row, best, preference.kind()))) {
        best = row;
      }
    }
    return Optional.ofNullable(best);
  }

  private boolean isBetter(SweepRow row, SweepRow best, LimitKind cost) {
    int order = Double.compare(figures.point(cost, row), figures.point(cost, best));
    order = order != 0 ? order : Double.compare(best.accuracy().top1(), row.accuracy().top1());
    order = order != 0 ? order : Double.compare(ms(row), ms(best));
    return order < 0;
  }

  private static Optional<SweepRow> fastestCloseToTheBest(List<SweepRow> candidates) {
    double least = 0;
    double most = -1;
    for (SweepRow row : candidates) {
      if (!Double.isNaN(ms(row)) && row.accuracy().top1() > most) {
        most = row.accuracy().top1();
        least = row.accuracy().ci95Low();
      }
    }
    SweepRow best = null;
    for (SweepRow row : candidates) {
      boolean close = !Double.isNaN(ms(row)) && row.accuracy().top1() >= least;
      if (close && (best == null || isBefore(row, best))) {
        best = row;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isBefore(SweepRow row, SweepRow best) {
    return ms(row) < ms(best)
        || (ms(row) == ms(best) && row.accuracy().top1() > best.accuracy().top1());
  }

  private static double ms(SweepRow row) {
    return row.latency().medianMs();
  }

  private int checkChoice(Advice.Choice choice, List<SweepRow> fitting, Preference preference) {
    List<SweepRow> others =
        fitting.stream().filter(row -> !row.cell().equals(choice.row().cell())).toList();
    assertEquals(best(others, preference), choice.runnerUp());
    int steps = 0;
    for (Margin margin : choice.margins()) {
      List<SweepRow> candidates =
          rows.stream().filter(row -> keepsAllBut(row, margin.kind())).toList();
      assertEquals(
          margin.bound().isPresent()
              && !best(candidates, preference).equals(Optional.of(choice.row())),
          margin.binding());
      List<SweepRow> looser = looser(margin.kind(), candidates);
      List<SweepRow> tighter = tighter(margin.kind(), candidates, choice.row());
      assertOneOf(looser, margin.looser());
      assertOneOf(tighter, margin.tighter());
      for (Optional<Step> step : List.of(margin.looser(), margin.tighter())) {
        steps += step.isPresent() ? 1 : 0;
        step.ifPresent(taken -> checkStep(margin, taken, candidates, choice.row(), preference));
      }
    }
    return steps;
  }

  private void checkStep(
      Margin margin, Step step, List<SweepRow> candidates, SweepRow from, Preference preference) {
    List<SweepRow> then =
        candidates.stream().filter(row -> keeps(row, margin.kind(), step.bound())).toList();
    assertTrue(then.contains(step.row()), "the row keeps the bound that is its own");
    assertEquals(best(then, preference), step.chosen());
    assertEquals(
        step.row().accuracy().top1() - from.accuracy().top1(), step.accuracyChange(), 1e-12);
    assertEquals(cost(margin.kind(), step.row()) - cost(margin.kind(), from), step.costChange());
  }

  private static void assertOneOf(List<SweepRow> expected, Optional<Step> found) {
    assertEquals(expected.isEmpty(), found.isEmpty());
    found.ifPresent(
        step -> assertTrue(expected.contains(step.row()), () -> step + ": " + expected));
  }

  private double cost(LimitKind kind, SweepRow row) {
    return figures.figure(kind.isAccuracy() ? LimitKind.MAX_LATENCY_MS : kind, row);
  }

  private double accuracy(SweepRow row) {
    return figures.figure(LimitKind.MIN_ACCURACY, row);
  }

  /** No other candidate is as cheap and as accurate, and better in one of them. */
  private List<SweepRow> undominated(LimitKind kind, List<SweepRow> candidates) {
    return candidates.stream()
        .filter(row -> !Double.isNaN(cost(kind, row)) && !Double.isNaN(accuracy(row)))
        .filter(
            row ->
                candidates.stream()
                    .noneMatch(
                        other ->
                            cost(kind, other) <= cost(kind, row)
                                && accuracy(other) >= accuracy(row)
                                && (cost(kind, other) < cost(kind, row)
                                    || accuracy(other) > accuracy(row))))
        .toList();
  }

  private List<SweepRow> looser(LimitKind kind, List<SweepRow> candidates) {
    OptionalDouble bound = limits.bound(kind);
    if (bound.isEmpty()) {
      return List.of();
    }
    Predicate<SweepRow> beyond = row -> !keeps(row, kind, bound.getAsDouble());
    List<SweepRow> all = undominated(kind, candidates);
    List<SweepRow> frontier =
        all.stream()
            .filter(beyond)
            // An equal point that fits stands for it.
            .filter(
                row ->
                    all.stream()
                        .noneMatch(
                            other ->
                                !beyond.test(other)
                                    && cost(kind, other) == cost(kind, row)
                                    && accuracy(other) == accuracy(row)))
            .toList();
    // Along a frontier accuracy rises with the cost, so the nearest one is the extreme.
    double nearest = Double.NaN;
    for (SweepRow row : frontier) {
      double cost = cost(kind, row);
      boolean nearer = kind.isAccuracy() ? cost > nearest : cost < nearest;
      nearest = Double.isNaN(nearest) || nearer ? cost : nearest;
    }
    double at = nearest;
    return frontier.stream().filter(row -> cost(kind, row) == at).toList();
  }

  private List<SweepRow> tighter(LimitKind kind, List<SweepRow> candidates, SweepRow from) {
    List<SweepRow> inside =
        candidates.stream()
            .filter(row -> !Double.isNaN(cost(kind, row)) && !Double.isNaN(accuracy(row)))
            .filter(
                row ->
                    kind.isAccuracy()
                        ? accuracy(row) > accuracy(from)
                        : cost(kind, row) < cost(kind, from))
            .toList();
    List<SweepRow> best = new ArrayList<>();
    for (SweepRow row : inside) {
      boolean beaten =
          inside.stream()
              .anyMatch(
                  other ->
                      kind.isAccuracy()
                          ? cost(kind, other) < cost(kind, row)
                              || (cost(kind, other) == cost(kind, row)
                                  && accuracy(other) > accuracy(row))
                          : accuracy(other) > accuracy(row)
                              || (accuracy(other) == accuracy(row)
                                  && cost(kind, other) < cost(kind, row)));
      if (!beaten) {
        best.add(row);
      }
    }
    return best;
  }

  private void checkNearMiss() {
    Optional<Double> least = Optional.empty();
    for (SweepRow row : rows) {
      Optional<Double> excess = largestExcess(row);
      if (excess.isPresent() && (least.isEmpty() || excess.get() < least.get())) {
        least = excess;
      }
    }
    assertEquals(least, advice.nearMiss().flatMap(miss -> largestExcess(miss.row())));
    advice
        .nearMiss()
        .ifPresent(
            miss -> {
              assertEquals(
                  List.copyOf(limits.kinds()),
                  miss.concessions().stream().map(Advice.Concession::kind).toList());
              miss.concessions().forEach(this::checkConcession);
            });
  }

  private Optional<Double> largestExcess(SweepRow row) {
    if (!row.error().isEmpty()) {
      return Optional.empty();
    }
    double largest = 0;
    for (LimitKind kind : limits.kinds()) {
      double bound = limits.bounds().get(kind);
      double figure = figures.figure(kind, row);
      double excess =
          switch (kind) {
            case MIN_ACCURACY -> (bound - figure) / bound;
            case MAX_ACCURACY_DROP ->
                (figure - bound) * AdviceRows.SAMPLES / AdviceRows.BASELINE_CORRECT;
            case MAX_LATENCY_MS, MAX_MEMORY_MB, MAX_ENERGY_J -> (figure - bound) / bound;
          };
      largest = Math.max(largest, Math.rint(excess * 1e9) / 1e9); // NaN stays NaN
    }
    return Double.isNaN(largest) ? Optional.empty() : Optional.of(largest);
  }

  private void checkConcession(Advice.Concession concession) {
    LimitKind kind = concession.kind();
    double sign = kind == LimitKind.MIN_ACCURACY ? -1 : 1;
    double least = Double.POSITIVE_INFINITY;
    for (SweepRow row : rows) {
      if (keepsAllBut(row, kind) && !Double.isNaN(figures.figure(kind, row))) {
        least = Math.min(least, sign * figures.figure(kind, row));
      }
    }
    assertEquals(
        least,
        concession
            .row()
            .map(row -> sign * figures.figure(kind, row))
            .orElse(Double.POSITIVE_INFINITY));
  }
}
