package io.edgefrontier.sweep;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a sweep brought.
 *
 * @param jmhJson results of the cells that did not fail
 * @param failures one per failed cell, in the order in which they failed
 * @param forksRun forks that were started
 */
public record SweepOutcome(Path jmhJson, List<CellFailure> failures, int forksRun, Duration wall) {
  public SweepOutcome {
    failures = List.copyOf(failures);
  }
}
