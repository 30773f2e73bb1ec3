package io.edgefrontier.analysis;

import io.edgefrontier.result.SweepRow;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a frontier minimises against accuracy, and the column that holds it. */
public enum Objective {
  LATENCY("latency_ms") {
    @Override
    public double of(SweepRow row) {
      return row.latency().medianMs();
    }

    @Override
    Interval interval(double x, double latencyMs, Interval latency) {
      return latency;
    }
  },
  /** Modelled energy: it is always there, and never mixed with measured energy. */
  ENERGY("energy_proxy_j") {
    @Override
    public double of(SweepRow row) {
      return row.energy().proxyJ();
    }

    @Override
    Interval interval(double x, double latencyMs, Interval latency) {
      // Modelled energy is proportional to latency, and so is its interval.
      return new Interval(x * latency.low() / latencyMs, x * latency.high() / latencyMs);
    }
  },
  MEMORY("memory_mb") {
    @Override
    public double of(SweepRow row) {
      return row.memory().modelMb();
    }

    @Override
    Interval interval(double x, double latencyMs, Interval latency) {
      return new Interval(x, x); // counted, not measured
    }
  };

  private final String column;

  Objective(String column) {
    this.column = column;
  }

  /** Returns the column of sweep_results.csv that is minimised. */
  public String column() {
    return column;
  }

  /** Returns the name in file names, such as {@code latency} in pareto_frontier_latency.csv. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the objective whose column this is, if any. */
  static Optional<Objective> ofColumn(String column) {
    return Arrays.stream(values()).filter(o -> o.column.equals(column)).findFirst();
  }

  /** Returns the value to minimise, NaN if it is absent. */
  public abstract double of(SweepRow row);

  /** Returns the interval of {@code x}, given the row's latency and its interval. */
  abstract Interval interval(double x, double latencyMs, Interval latency);

  /**
   * Returns the interval of a latency for telling it from another one. Intervals of too few forks
   * may lie apart though {@link Comparison} would call nothing distinct, so theirs is boundless.
   *
   * @param forks behind it; 0 if the table does not say
   */
  static Interval separating(Interval latency, long forks) {
    boolean tooFew = forks > 0 && forks < Comparison.MIN_FORKS;
    return latency.isPresent() && tooFew ? new Interval(0, Double.POSITIVE_INFINITY) : latency;
  }
}
