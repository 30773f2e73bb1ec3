package io.edgefrontier.analysis;

import io.edgefrontier.result.SweepRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which variant to ship under given limits, what else there is and what the limits cost; or, where
 * nothing fits, what comes closest.
 *
 * @param rows all that were considered, failed ones too
 * @param fitting those that keep every limit
 * @param choice the one to ship; empty if none fits, or none that does has the figures that decide
 * @param nearMiss what comes closest; empty if something fits, or no row has figures
 */
public record Advice(
    LimitFigures figures,
    Limits limits,
    Preference preference,
    List<SweepRow> rows,
    List<SweepRow> fitting,
    Optional<Choice> choice,
    Optional<NearMiss> nearMiss) {
  public Advice {
    rows = List.copyOf(rows);
    fitting = List.copyOf(fitting);
  }

  /**
   * The cell to ship.
   *
   * @param best the most accurate that fits; may be {@code row} itself; empty without accuracies
   * @param runnerUp what would be chosen if the variant were not there
   * @param ties cells of other variants that measurement does not tell from the chosen one in what
   *     decided
   * @param uncertain limits that the figure keeps and its 95 % interval does not
   * @param margins of each limit, and of every cost; empty without accuracies
   */
  public record Choice(
      SweepRow row,
      Optional<SweepRow> best,
      Optional<SweepRow> runnerUp,
      List<SweepRow> ties,
      List<LimitKind> uncertain,
      List<Margin> margins) {
    public Choice {
      ties = List.copyOf(ties);
      uncertain = List.copyOf(uncertain);
      margins = List.copyOf(margins);
    }
  }

  /**
   * What one limit costs, all others staying as they are. The steps lead along the frontier of
   * accuracy against the limited cost; where accuracy itself is limited, against latency.
   *
   * @param bound of the limit; empty if this cost is not limited
   * @param binding whether another variant would be chosen without the limit
   * @param looser the next point of the frontier, beyond the limit
   * @param tighter the point of the frontier before the chosen cell
   */
  public record Margin(
      LimitKind kind,
      OptionalDouble bound,
      boolean binding,
      Optional<Step> looser,
      Optional<Step> tighter) {}

  /**
   * From the chosen cell to another point of a frontier.
   *
   * @param bound the limit that the point keeps exactly
   * @param costChange in the unit of {@code cost}; above 0 is dearer
   * @param accuracyChange as a share; above 0 is more accurate
   * @param accuracy whether measurement tells the two accuracies apart
   * @param chosen what would be chosen with that limit; not always the point itself
   */
  public record Step(
      SweepRow row,
      double bound,
      LimitKind cost,
      double costChange,
      double accuracyChange,
      Separation accuracy,
      Optional<SweepRow> chosen) {
    /** Returns the accuracy, as a share, that a unit of the cost stands for. */
    public double accuracyPerCost() {
      return accuracyChange / costChange;
    }
  }

  /**
   * The cell that comes closest where none keeps all limits: its largest relative excess is the
   * smallest.
   *
   * @param concessions for each limit, what lifting it alone would take
   */
  public record NearMiss(SweepRow row, List<Concession> concessions) {
    public NearMiss {
      concessions = List.copyOf(concessions);
    }
  }

  /**
   * What one limit would have to be, all others staying as they are, for something to fit.
   *
   * @param row that fits then; empty if no bound helps
   */
  public record Concession(LimitKind kind, Optional<SweepRow> row) {}
}
