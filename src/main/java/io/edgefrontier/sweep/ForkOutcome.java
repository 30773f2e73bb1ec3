package io.edgefrontier.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;

/**
 * What became of a fork.
 *
 * @param wall from launch to exit, JVM start included
 * @param result empty exactly when {@code error} is not
 * @param error empty, or why there is no result
 * @param log what JMH and the fork printed
 */
record ForkOutcome(
    Fork fork,
    Instant start,
    Duration wall,
    Optional<RunResult> result,
    String error,
    ForkOutput log) {
  ForkOutcome {
    if (result.isPresent() != error.isEmpty()) {
      throw new IllegalArgumentException(
          fork.fileName() + ": a fork has either a result or an error");
    }
  }

  /** Returns the median of the fork's samples, in milliseconds. */
  Optional<Double> medianMs() {
    return result.map(run -> run.getPrimaryResult().getStatistics().getPercentile(50));
  }
}
