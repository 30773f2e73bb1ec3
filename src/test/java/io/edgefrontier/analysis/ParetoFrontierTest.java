package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.analysis.ParetoFrontier.Candidate;
import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.Place;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ParetoFrontierTest {
  private static List<SweepRow> randomRows(Random random) {
    List<SweepRow> rows = new ArrayList<>();
    int size = random.nextInt(25);
    for (int i = 0; i < size; i++) {
      // Few distinct values, so that most tables have ties in one coordinate or in both.
      double latencyMs = 1 + random.nextInt(8);
      long correct = 300L + random.nextInt(8);
      rows.add(
          Rows.row(
              Rows.cell(i / 100.0, Precision.FP32), latencyMs, correct, random.nextInt(4) > 0));
    }
    return rows;
  }

  /** The rule word for word: sort, then keep what is strictly above the best so far. */
  private static List<SweepRow> bySorting(List<SweepRow> rows) {
    List<SweepRow> sorted = new ArrayList<>(rows);
    sorted.removeIf(row -> !row.accepted());
    sorted.sort(
        Comparator.comparingDouble((SweepRow row) -> row.latency().medianMs())
            .thenComparing(row -> -row.accuracy().top1()));
    List<SweepRow> kept = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (SweepRow row : sorted) {
      if (row.accuracy().top1() > best) {
        kept.add(row);
        best = row.accuracy().top1();
      }
    }
    return kept;
  }

  private static boolean beats(SweepRow a, SweepRow b) {
    double dx = a.latency().medianMs() - b.latency().medianMs();
    double dy = a.accuracy().top1() - b.accuracy().top1();
    return dx <= 0 && dy >= 0 && (dx < 0 || dy > 0);
  }

  @Test
  void agreesWithTheRuleAndWithBruteForceOnRandomTables() {
    Random random = new Random(5);
    for (int table = 0; table < 5000; table++) {
      List<SweepRow> rows = randomRows(random);
      List<FrontierRow> frontier = ParetoFrontier.of(rows, Objective.LATENCY, AccuracyBasis.TOP1);
      assertEquals(bySorting(rows), frontier.stream().map(FrontierRow::row).toList());
      List<SweepRow> unbeaten =
          rows.stream()
              .filter(SweepRow::accepted)
              .filter(
                  row -> rows.stream().noneMatch(other -> other.accepted() && beats(other, row)))
              .toList();
      assertEquals(
          unbeaten.stream().map(row -> row.latency().medianMs()).distinct().sorted().toList(),
          frontier.stream().map(row -> row.row().latency().medianMs()).toList());
    }
  }

  @Test
  void severalObjectivesKeepTiesAndAgreeWithBruteForce() {
    Random random = new Random(6);
    List<ToDoubleFunction<SweepRow>> costs =
        List.of(
            row -> row.latency().medianMs(),
            row -> Math.rint(row.cell().variant().pruningLevel() * 30));
    for (int table = 0; table < 2000; table++) {
      List<SweepRow> rows = randomRows(random);
      List<SweepRow> expected =
          rows.stream()
              .filter(
                  row ->
                      rows.stream()
                          .noneMatch(
                              other ->
                                  costs.stream()
                                          .allMatch(
                                              c -> c.applyAsDouble(other) <= c.applyAsDouble(row))
                                      && other.accuracy().top1() >= row.accuracy().top1()
                                      && (costs.stream()
                                              .anyMatch(
                                                  c ->
                                                      c.applyAsDouble(other) < c.applyAsDouble(row))
                                          || other.accuracy().top1() > row.accuracy().top1())))
              .toList();
      assertEquals(expected, ParetoFrontier.ofMany(rows, costs, row -> row.accuracy().top1()));
    }
  }

  @Test
  void absentFiguresAndRejectedRowsAreNoCandidates() {
    SweepRow good = Rows.row(Rows.cell(0.5, Precision.FP32), 5, 300, true);
    List<SweepRow> rows =
        List.of(
            Rows.failed(Rows.cell(0, Precision.FP32)),
            Rows.row(Rows.cell(0.25, Precision.FP32), Double.NaN, 360, true),
            Rows.row(Rows.cell(0.3, Precision.FP32), 1, 360, false),
            good);
    List<FrontierRow> frontier = ParetoFrontier.of(rows, Objective.ENERGY, AccuracyBasis.CI_LOW);
    assertEquals(List.of(good), frontier.stream().map(FrontierRow::row).toList());
    assertEquals(
        List.of(), ParetoFrontier.of(rows.subList(0, 3), Objective.LATENCY, AccuracyBasis.TOP1));
  }

  private static Candidate<String> candidate(double x, double accuracy, double dx, double dy) {
    return new Candidate<>(
        x, accuracy, new Interval(x - dx, x + dx), new Interval(accuracy - dy, accuracy + dy), "");
  }

  @Test
  void aPlaceIsDistinctWhenIntervalsSeparateItFromItsNeighbours() {
    List<Candidate<String>> frontier =
        List.of(
            candidate(1, 0.5, 0.1, 0.05),
            candidate(2, 0.7, 0.1, 0.05),
            candidate(2.1, 0.9, 0.1, 0.05),
            candidate(5, 0.92, 0.1, 0.05));
    assertEquals(Optional.of(Place.DISTINCT), ParetoFrontier.place(frontier, 0));
    assertEquals(Optional.of(Place.TIE), ParetoFrontier.place(frontier, 1), "as slow as the next");
    assertEquals(Optional.of(Place.DISTINCT), ParetoFrontier.place(frontier, 2));
    assertEquals(Optional.of(Place.TIE), ParetoFrontier.place(frontier, 3), "no more accurate");
    assertEquals(
        Optional.empty(),
        ParetoFrontier.place(List.of(candidate(1, 0.5, Double.NaN, 0.05)), 0),
        "no interval");
  }

  @Test
  void ranksFromOne() {
    List<FrontierRow> frontier =
        ParetoFrontier.of(
            List.of(
                Rows.row(Rows.cell(0, Precision.FP32), 9, 350, true),
                Rows.row(Rows.cell(0.5, Precision.INT8), 1, 200, true)),
            Objective.LATENCY,
            AccuracyBasis.TOP1);
    assertEquals(List.of(1, 2), frontier.stream().map(FrontierRow::rank).toList());
    assertEquals(Optional.of(Place.DISTINCT), frontier.get(1).place());
  }

  @Test
  void latenciesOfThreeForksAreATieHoweverFarApart() {
    List<SweepRow> rows =
        List.of(
            Rows.row(Rows.cell(0, Precision.FP32), 9, 350, true),
            Rows.row(Rows.cell(0.5, Precision.INT8), 1, 200, true));
    for (Objective objective : List.of(Objective.LATENCY, Objective.ENERGY)) {
      List<FrontierRow> frontier = ParetoFrontier.of(rows, objective, AccuracyBasis.TOP1);
      assertEquals(Optional.of(Place.TIE), frontier.get(0).place());
    }
    Interval interval = new Interval(1, 2);
    assertEquals(interval, Objective.separating(interval, 4));
    assertEquals(interval, Objective.separating(interval, 0), "a table that does not say");
    assertEquals(Interval.ABSENT, Objective.separating(Interval.ABSENT, 3));
  }
}
