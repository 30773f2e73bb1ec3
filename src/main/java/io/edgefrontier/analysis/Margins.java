package io.edgefrontier.analysis;

import io.edgefrontier.analysis.Advice.Margin;
import io.edgefrontier.analysis.Advice.Step;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What each limit costs at the chosen cell.
 *
 * @param chosen has an accuracy
 */
record Margins(
    List<SweepRow> rows,
    LimitFigures figures,
    Limits limits,
    Preference preference,
    SweepRow chosen) {

  /** Returns the margins of all limits, and of costs that are not limited. */
  List<Margin> all() {
    Set<LimitKind> kinds =
        EnumSet.of(LimitKind.MAX_LATENCY_MS, LimitKind.MAX_MEMORY_MB, LimitKind.MAX_ENERGY_J);
    kinds.addAll(limits.kinds());
    List<Margin> margins = new ArrayList<>();
    for (LimitKind kind : kinds) {
      if (!Double.isNaN(figures.figure(cost(kind), chosen))) {
        margins.add(margin(kind));
      }
    }
    return margins;
  }

  private static LimitKind cost(LimitKind kind) {
    return kind.isAccuracy() ? LimitKind.MAX_LATENCY_MS : kind;
  }

  private Margin margin(LimitKind kind) {
    Limits others = limits.without(kind);
    List<SweepRow> candidates = rows.stream().filter(row -> others.keptBy(row, figures)).toList();
    List<SweepRow> frontier = frontier(candidates, cost(kind));
    OptionalDouble bound = limits.bound(kind);
    return new Margin(
        kind,
        bound,
        bound.isPresent() && !preference.best(candidates, figures).equals(Optional.of(chosen)),
        looser(kind, bound, frontier).map(row -> step(kind, row, candidates)),
        tighter(kind, frontier).map(row -> step(kind, row, candidates)));
  }

  private List<SweepRow> frontier(List<SweepRow> candidates, LimitKind cost) {
    ParetoFrontier<SweepRow> frontier = new ParetoFrontier<>();
    // Of equal points the frontier keeps the first: rather one that fits than one that does not.
    Comparator<SweepRow> fittingFirst = Comparator.comparing(row -> !limits.keptBy(row, figures));
    for (SweepRow row : candidates.stream().sorted(fittingFirst).toList()) {
      frontier.offer(
          new ParetoFrontier.Candidate<>(
              figures.figure(cost, row), accuracy(row), Interval.ABSENT, Interval.ABSENT, row));
    }
    return frontier.candidates().stream().map(ParetoFrontier.Candidate::row).toList();
  }

  private double accuracy(SweepRow row) {
    return figures.figure(LimitKind.MIN_ACCURACY, row);
  }

  /** Beyond a cost's limit lies the dearer and better; beyond accuracy's, the faster and worse. */
  private Optional<SweepRow> looser(LimitKind kind, OptionalDouble bound, List<SweepRow> frontier) {
    if (bound.isEmpty()) {
      return Optional.empty();
    }
    List<SweepRow> beyond =
        frontier.stream()
            .filter(row -> !kind.keeps(figures.figure(kind, row), bound.getAsDouble()))
            .toList();
    return kind.isAccuracy() ? last(beyond) : beyond.stream().findFirst();
  }

  private Optional<SweepRow> tighter(LimitKind kind, List<SweepRow> frontier) {
    if (kind.isAccuracy()) {
      return frontier.stream().filter(row -> accuracy(row) > accuracy(chosen)).findFirst();
    }
    double cost = figures.figure(kind, chosen);
    return last(frontier.stream().filter(row -> figures.figure(kind, row) < cost).toList());
  }

  private static Optional<SweepRow> last(List<SweepRow> rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
  }

  private Step step(LimitKind kind, SweepRow to, List<SweepRow> candidates) {
    LimitKind cost = cost(kind);
    double bound = figures.figure(kind, to);
    List<SweepRow> fitting =
        candidates.stream().filter(row -> kind.keeps(figures.figure(kind, row), bound)).toList();
    return new Step(
        to,
        bound,
        cost,
        figures.figure(cost, to) - figures.figure(cost, chosen),
        to.accuracy().top1() - chosen.accuracy().top1(),
        Separation.of(LimitKind.MIN_ACCURACY, chosen, to, figures),
        preference.best(fitting, figures));
  }
}
