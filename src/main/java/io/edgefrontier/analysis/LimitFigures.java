package io.edgefrontier.analysis;

import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.SweepRow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a row that limits are held against.
 *
 * @param memory the metric of the run's own budgets
 * @param useCi whether the unfavourable end of the 95 % interval counts, rather than the figure
 * @param baseline the row whose variant accuracy drops are against, if accuracy was compared
 */
public record LimitFigures(
    BudgetMetric memory, EnergyBasis energy, boolean useCi, Optional<SweepRow> baseline) {

  /** Returns the figures of a sweep's rows. */
  public static LimitFigures of(List<SweepRow> rows, BudgetMetric memory, boolean useCi) {
    return new LimitFigures(memory, EnergyBasis.of(rows), useCi, baseline(rows));
  }

  /** The order in which a run chooses its baseline: fp32 first, then the least pruned. */
  private static Optional<SweepRow> baseline(List<SweepRow> rows) {
    return rows.stream()
        .filter(row -> row.accuracy().delta() == 0)
        .min(
            Comparator.comparing((SweepRow row) -> row.cell().variant().precision())
                .thenComparingDouble(row -> row.cell().variant().pruningLevel()));
  }

  /** Returns the figure as it was measured, counted or modelled; NaN if it is absent. */
  public double point(LimitKind kind, SweepRow row) {
    return switch (kind) {
      case MAX_LATENCY_MS -> row.latency().medianMs();
      case MIN_ACCURACY -> row.accuracy().top1();
      case MAX_MEMORY_MB -> memory.of(row.memory());
      case MAX_ENERGY_J -> energy.of(row.energy());
      case MAX_ACCURACY_DROP -> 0.0 - row.accuracy().delta();
    };
  }

  /** Returns the 95 % interval of the figure; absent where none is known. */
  public Interval interval(LimitKind kind, SweepRow row) {
    double point = point(kind, row);
    return switch (kind) {
      case MAX_LATENCY_MS -> latency(row);
      case MIN_ACCURACY -> accuracy(row.accuracy());
      case MAX_MEMORY_MB -> new Interval(point, point); // counted, or known as a figure alone
      case MAX_ENERGY_J ->
          energy == EnergyBasis.MODELLED
              ? Objective.ENERGY.interval(point, row.latency().medianMs(), latency(row))
              : new Interval(point, point);
      case MAX_ACCURACY_DROP -> drop(row);
    };
  }

  private static Interval latency(SweepRow row) {
    return new Interval(row.latency().ci95LowMs(), row.latency().ci95HighMs());
  }

  private static Interval accuracy(Accuracy accuracy) {
    return new Interval(accuracy.ci95Low(), accuracy.ci95High());
  }

  /**
   * The interval of the difference of two shares, from those of both (Newcombe's hybrid score). It
   * takes the shares for independent, so it is too wide rather than too narrow for variants that
   * saw the same samples.
   *
   * @see <a
   *     href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I">
   *     Newcombe, 1998</a>
   */
  private Interval drop(SweepRow row) {
    double drop = point(LimitKind.MAX_ACCURACY_DROP, row);
    if (baseline.isEmpty()) {
      return Interval.ABSENT;
    }
    if (row.cell().variant().equals(baseline.get().cell().variant())) {
      return new Interval(drop, drop);
    }
    Accuracy base = baseline.get().accuracy();
    Accuracy own = row.accuracy();
    return new Interval(
        drop - Math.hypot(base.top1() - base.ci95Low(), own.ci95High() - own.top1()),
        drop + Math.hypot(base.ci95High() - base.top1(), own.top1() - own.ci95Low()));
  }

  /** Returns the figure that a limit is held against; NaN if it is absent. */
  public double figure(LimitKind kind, SweepRow row) {
    return useCi ? unfavourable(kind, row) : point(kind, row);
  }

  double unfavourable(LimitKind kind, SweepRow row) {
    Interval interval = interval(kind, row);
    return kind == LimitKind.MIN_ACCURACY ? interval.low() : interval.high();
  }
}
