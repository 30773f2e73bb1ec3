package io.edgefrontier.sweep;

import java.time.Duration;
import java.util.Optional;

/**
 * How many forks measure each cell.
 *
 * @param minForks latency forks that every cell gets, whatever the time budget; at least 1
 * @param maxForks latency forks that no cell exceeds; at least {@code minForks}, and equal to it
 *     when the number is fixed
 * @param precisionTarget relative half-width of the interval of a cell's median over forks at which
 *     it needs no more of them, such as 0.02; 0 is never reached
 * @param timeBudget wall clock of the whole sweep, beyond which only required forks run; empty for
 *     no bound
 * @param coldStartForks at least 0, like the three that follow; all of them are required
 */
public record Effort(
    int minForks,
    int maxForks,
    double precisionTarget,
    Optional<Duration> timeBudget,
    int coldStartForks,
    int throughputForks,
    int energyForks,
    int openLoopForks) {
  public Effort {
    if (minForks < 1 || maxForks < minForks) {
      throw new IllegalArgumentException(
          "forks need 1 <= minimum <= maximum, got " + minForks + " and " + maxForks);
    }
    if (!(precisionTarget >= 0 && precisionTarget < Double.POSITIVE_INFINITY)) { // also NaN
      throw new IllegalArgumentException(
          "the precision target must be a share >= 0 such as 0.02, got " + precisionTarget);
    }
    timeBudget.ifPresent(
        budget -> {
          if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("the time budget must be > 0, got " + budget);
          }
        });
    if (Math.min(Math.min(coldStartForks, throughputForks), Math.min(energyForks, openLoopForks))
        < 0) {
      throw new IllegalArgumentException(
          "numbers of forks must be >= 0, got %d cold-start, %d throughput, %d energy, %d open-loop"
              .formatted(coldStartForks, throughputForks, energyForks, openLoopForks));
    }
  }

  /** Returns the effort of the same number of latency forks for every cell. */
  public static Effort fixed(int forks, int coldStartForks) {
    return new Effort(forks, forks, 0, Optional.empty(), coldStartForks, 0, 0, 0);
  }

  /** Returns how many forks of a kind every cell gets in any case. */
  int required(ForkKind kind) {
    return switch (kind) {
      case LATENCY -> minForks;
      case COLD_START -> coldStartForks;
      case THROUGHPUT -> throughputForks;
      case ENERGY -> energyForks;
      case OPEN_LOOP -> openLoopForks;
    };
  }

  /** Returns how many forks of a kind no cell exceeds. */
  int most(ForkKind kind) {
    return kind == ForkKind.LATENCY ? maxForks : required(kind);
  }
}
