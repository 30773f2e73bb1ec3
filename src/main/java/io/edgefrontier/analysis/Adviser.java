package io.edgefrontier.analysis;

import io.edgefrontier.analysis.Advice.Choice;
import io.edgefrontier.analysis.Advice.Concession;
import io.edgefrontier.analysis.Advice.NearMiss;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses among the cells of a sweep under limits. */
public final class Adviser {
  private final List<SweepRow> rows;
  private final LimitFigures figures;
  private final Limits limits;
  private final Preference preference;

  private Adviser(List<SweepRow> rows, LimitFigures figures, Limits limits, Preference preference) {
    this.rows = rows;
    this.figures = figures;
    this.limits = limits;
    this.preference = preference;
  }

  /**
   * Returns which of the rows to ship.
   *
   * @param rows whose {@code accepted} does not count: the run's own budget is a limit like others
   */
  public static Advice advise(
      List<SweepRow> rows, LimitFigures figures, Limits limits, Preference preference) {
    return new Adviser(List.copyOf(rows), figures, limits, preference).advice();
  }

  private Advice advice() {
    List<SweepRow> fitting = rows.stream().filter(row -> limits.keptBy(row, figures)).toList();
    return new Advice(
        figures,
        limits,
        preference,
        rows,
        fitting,
        preference.best(fitting, figures).map(row -> choice(row, fitting)),
        fitting.isEmpty() ? nearMiss() : Optional.empty());
  }

  private Choice choice(SweepRow row, List<SweepRow> fitting) {
    List<SweepRow> others =
        fitting.stream()
            .filter(other -> !other.cell().variant().equals(row.cell().variant()))
            .toList();
    return new Choice(
        row,
        Recommendation.among(fitting).map(Recommendation::best),
        preference.best(others, figures),
        others.stream().filter(other -> isTie(row, other)).toList(),
        limits.kinds().stream().filter(kind -> isUncertain(kind, row)).toList(),
        Double.isNaN(row.accuracy().top1())
            ? List.of()
            : new Margins(rows, figures, limits, preference, row).all());
  }

  /** Returns whether noise could have put {@code row} before {@code other}. */
  private boolean isTie(SweepRow row, SweepRow other) {
    Separation decided = Separation.of(preference.kind(), row, other, figures);
    if (preference != Preference.ACCURACY) {
      return decided == Separation.TIE;
    }
    Separation latency = Separation.of(LimitKind.MAX_LATENCY_MS, row, other, figures);
    boolean slower = latency.isApart() && row.latency().medianMs() < other.latency().medianMs();
    return decided == Separation.TIE && latency != Separation.UNKNOWN && !slower;
  }

  private boolean isUncertain(LimitKind kind, SweepRow row) {
    double end = figures.unfavourable(kind, row);
    return !Double.isNaN(end) && !kind.keeps(end, limits.bounds().get(kind));
  }

  private Optional<NearMiss> nearMiss() {
    return rows.stream()
        .filter(row -> row.error().isEmpty())
        .filter(row -> excesses(row).stream().noneMatch(excess -> excess.isNaN()))
        .min(
            Comparator.comparingDouble((SweepRow row) -> largest(excesses(row)))
                .thenComparingDouble(row -> sum(excesses(row)))
                .thenComparingDouble(row -> -row.accuracy().top1())
                .thenComparingDouble(row -> row.latency().medianMs()))
        .map(row -> new NearMiss(row, concessions()));
  }

  private List<Double> excesses(SweepRow row) {
    return limits.kinds().stream().map(kind -> limits.excess(kind, row, figures)).toList();
  }

  private static double largest(List<Double> excesses) {
    return excesses.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private static double sum(List<Double> excesses) {
    return excesses.stream().mapToDouble(Double::doubleValue).sum();
  }

  private List<Concession> concessions() {
    List<Concession> concessions = new ArrayList<>();
    for (LimitKind kind : limits.kinds()) {
      Limits others = limits.without(kind);
      double sign = kind == LimitKind.MIN_ACCURACY ? -1 : 1;
      concessions.add(
          new Concession(
              kind,
              rows.stream()
                  .filter(row -> others.keptBy(row, figures))
                  .filter(row -> !Double.isNaN(figures.figure(kind, row)))
                  .min(
                      Comparator.comparingDouble((SweepRow row) -> sign * figures.figure(kind, row))
                          .thenComparingDouble(row -> row.latency().medianMs()))));
    }
    return concessions;
  }
}
