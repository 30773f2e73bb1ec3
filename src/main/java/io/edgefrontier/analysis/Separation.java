package io.edgefrontier.analysis;

import io.edgefrontier.result.SweepRow;
import java.util.Locale;

/** Whether measurement tells two rows apart in one figure. */
public enum Separation {
  /** The 95 % intervals lie apart. */
  DISTINCT,
  /** The intervals lie apart, but come from too few forks for that to mean much. */
  TOO_FEW_FORKS,
  /** The intervals overlap: noise could explain the difference. */
  TIE,
  /** One of them has no interval. */
  UNKNOWN;

  /** Returns whether {@code a} and {@code b} are told apart in a figure. */
  public static Separation of(LimitKind kind, SweepRow a, SweepRow b, LimitFigures figures) {
    Interval first = figures.interval(kind, a);
    Interval second = figures.interval(kind, b);
    if (!first.isPresent() || !second.isPresent()) {
      return UNKNOWN;
    }
    if (first.low() <= second.high() && second.low() <= first.high()) {
      return TIE;
    }
    boolean timed =
        kind == LimitKind.MAX_LATENCY_MS
            || (kind == LimitKind.MAX_ENERGY_J && figures.energy() == EnergyBasis.MODELLED);
    return timed && (hasFewForks(a) || hasFewForks(b)) ? TOO_FEW_FORKS : DISTINCT;
  }

  private static boolean hasFewForks(SweepRow row) {
    long forks = row.evidence().forks();
    return forks > 0 && forks < Comparison.MIN_FORKS;
  }

  /** Returns whether the intervals are known to lie apart, by however many forks. */
  boolean isApart() {
    return this == DISTINCT || this == TOO_FEW_FORKS;
  }

  /** Returns the name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
