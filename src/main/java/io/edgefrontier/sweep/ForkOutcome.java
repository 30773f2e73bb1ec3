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
 * @param log what the fork printed, and the stack trace of its failure
 */
record ForkOutcome(
    Fork fork,
    Instant start,
    Duration wall,
    Optional<ForkResult> result,
    String error,
    ForkOutput log) {
  ForkOutcome {
    if (result.isPresent() != error.isEmpty()) {
      throw new IllegalArgumentException(
          fork.fileName() + ": a fork has either a result or an error");
    }
  }

  /** What JMH has of a fork, and what it comes down to. */
  record ForkResult(RunResult jmh, ForkFigures figures) {}
}
