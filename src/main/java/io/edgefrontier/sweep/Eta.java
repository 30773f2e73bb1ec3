package io.edgefrontier.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells how long the rest of a sweep will take from the forks that have ended. */
final class Eta {
  private Eta() {}

  /** A fork that has ended. */
  record Elapsed(ForkKind kind, Duration wall) {}

  /**
   * Returns the sum over the remaining forks of the mean time of their kind; a kind that has not
   * run yet counts as the mean of all. Empty while no fork has ended.
   */
  static Optional<Duration> remaining(List<Elapsed> ended, List<ForkKind> remaining) {
    if (ended.isEmpty()) {
      return Optional.empty();
    }
    double millis = 0;
    for (ForkKind kind : remaining) {
      List<Elapsed> alike = ended.stream().filter(fork -> fork.kind() == kind).toList();
      millis += meanMillis(alike.isEmpty() ? ended : alike);
    }
    return Optional.of(Duration.ofMillis(Math.round(millis)));
  }

  private static double meanMillis(List<Elapsed> forks) {
    return forks.stream().mapToLong(fork -> fork.wall().toMillis()).average().orElseThrow();
  }
}
