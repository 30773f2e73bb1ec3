package io.edgefrontier.analysis;

import io.edgefrontier.result.FrontierRow;
import io.edgefrontier.result.Place;
import io.edgefrontier.result.SweepRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The rows that no other row beats: x is minimised, their worth, such as accuracy, maximised.
 *
 * <p>Rows are offered one by one and only those that may yet be on the frontier are kept. The
 * outcome is that of the rule: sort by x ascending, then worth descending; keep a row when its
 * worth is strictly above the best so far. Of equal rows the one that was offered first stays.
 *
 * @param <T> what is ranked
 */
public final class ParetoFrontier<T> {
  /** By ascending x; worth ascends with it, or the row would not be here. */
  private final TreeMap<Double, Candidate<T>> kept = new TreeMap<>();

  /**
   * A row's coordinates.
   *
   * @param x to be minimised
   * @param worth to be maximised
   */
  public record Candidate<T>(
      double x, double worth, Interval xInterval, Interval worthInterval, T row) {
    /** Returns whether both coordinates are known. */
    boolean isComplete() {
      return !Double.isNaN(x) && !Double.isNaN(worth);
    }
  }

  /** Considers a row; one without x or worth is no candidate. */
  public void offer(Candidate<T> candidate) {
    if (!candidate.isComplete()) {
      return;
    }
    double x = candidate.x() + 0.0; // -0.0 is 0.0 to the rule, but not to a TreeMap
    Map.Entry<Double, Candidate<T>> atMostX = kept.floorEntry(x);
    if (atMostX != null && atMostX.getValue().worth() >= candidate.worth()) {
      return;
    }
    Iterator<Candidate<T>> beaten = kept.tailMap(x, true).values().iterator();
    while (beaten.hasNext() && beaten.next().worth() <= candidate.worth()) {
      beaten.remove();
    }
    kept.put(x, candidate);
  }

  /** Returns the frontier of all rows offered so far, by ascending x. */
  public List<Candidate<T>> candidates() {
    return List.copyOf(kept.values());
  }

  /**
   * Returns the frontier of the accepted rows of a sweep, by ascending x.
   *
   * @return empty if no row is accepted
   */
  public static List<FrontierRow> of(
      Iterable<SweepRow> rows, Objective objective, AccuracyBasis basis) {
    ParetoFrontier<SweepRow> frontier = new ParetoFrontier<>();
    for (SweepRow row : rows) {
      if (row.accepted()) {
        frontier.offer(candidate(row, objective, basis));
      }
    }
    List<Candidate<SweepRow>> candidates = frontier.candidates();
    List<FrontierRow> ranked = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      ranked.add(new FrontierRow(candidates.get(i).row(), i + 1, place(candidates, i)));
    }
    return ranked;
  }

  private static Candidate<SweepRow> candidate(
      SweepRow row, Objective objective, AccuracyBasis basis) {
    double x = objective.of(row);
    Interval latency = new Interval(row.latency().ci95LowMs(), row.latency().ci95HighMs());
    return new Candidate<>(
        x,
        basis.of(row.accuracy()),
        objective.interval(
            x, row.latency().medianMs(), Objective.separating(latency, row.evidence().forks())),
        new Interval(row.accuracy().ci95Low(), row.accuracy().ci95High()),
        row);
  }

  /**
   * Returns whether a row's place is statistically safe. A row beats the one before it (cheaper,
   * worth less) on worth and the one behind it (dearer, worth more) on x: its place is {@link
   * Place#DISTINCT} when its worth's interval lies wholly above the former's and its x interval
   * wholly below the latter's. The ends of the frontier have one neighbour each.
   *
   * @param frontier by ascending x
   * @return empty if an interval that is needed is absent
   */
  static <T> Optional<Place> place(List<Candidate<T>> frontier, int index) {
    Candidate<T> row = frontier.get(index);
    boolean distinct = true;
    if (!row.xInterval().isPresent() || !row.worthInterval().isPresent()) {
      return Optional.empty();
    }
    if (index > 0) {
      Interval cheaper = frontier.get(index - 1).worthInterval();
      if (!cheaper.isPresent()) {
        return Optional.empty();
      }
      distinct = row.worthInterval().low() > cheaper.high();
    }
    if (index < frontier.size() - 1) {
      Interval dearer = frontier.get(index + 1).xInterval();
      if (!dearer.isPresent()) {
        return Optional.empty();
      }
      distinct &= row.xInterval().high() < dearer.low();
    }
    return Optional.of(distinct ? Place.DISTINCT : Place.TIE);
  }

  /**
   * Returns the frontier over several costs and accuracy: the rows that no other row beats, where a
   * row beats another if it is nowhere worse and somewhere better. Equal rows stay together.
   *
   * @param costs to be minimised; a row where one is NaN is no candidate
   * @param accuracy to be maximised; likewise
   * @return in the order of {@code rows}
   */
  public static <T> List<T> ofMany(
      List<T> rows, List<ToDoubleFunction<T>> costs, ToDoubleFunction<T> accuracy) {
    List<Costs<T>> kept = new ArrayList<>();
    for (T row : rows) {
      Costs<T> offered = Costs.of(row, costs, accuracy);
      if (offered.isComplete() && kept.stream().noneMatch(other -> other.beats(offered))) {
        kept.removeIf(offered::beats);
        kept.add(offered);
      }
    }
    return kept.stream().map(Costs::row).toList();
  }

  /** All coordinates of a row, each to be minimised. */
  private record Costs<T>(List<Double> values, T row) {
    static <T> Costs<T> of(T row, List<ToDoubleFunction<T>> costs, ToDoubleFunction<T> accuracy) {
      List<Double> values = new ArrayList<>();
      costs.forEach(cost -> values.add(cost.applyAsDouble(row)));
      values.add(-accuracy.applyAsDouble(row));
      return new Costs<>(values, row);
    }

    boolean isComplete() {
      return values.stream().noneMatch(value -> value.isNaN());
    }

    boolean beats(Costs<T> other) {
      boolean better = false;
      for (int i = 0; i < values.size(); i++) {
        double mine = values.get(i);
        double theirs = other.values.get(i);
        if (mine > theirs) {
          return false;
        }
        better |= mine < theirs;
      }
      return better;
    }
  }
}
