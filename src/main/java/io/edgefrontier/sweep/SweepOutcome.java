package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;

/**
 * What a sweep brought, earlier processes of it included where nothing else is said.
 *
 * @param jmhJson results of the cells that did not fail
 * @param failures one per failed cell, in the order in which they failed
 * @param forksRun forks that were started
 * @param forksResumed of these, forks that an earlier process had run
 * @param failedForks forks that ended without a result
 * @param disturbedForks forks with a result from a machine that was disturbed
 * @param latencyForks latency forks that count, by cell that did not fail
 * @param savings against the maximum of latency forks for each cell
 * @param wall of this process
 */
public record SweepOutcome(
    Path jmhJson,
    List<CellFailure> failures,
    int forksRun,
    int forksResumed,
    int failedForks,
    int disturbedForks,
    Map<Cell, Integer> latencyForks,
    Savings savings,
    Duration wall) {
  public SweepOutcome {
    failures = List.copyOf(failures);
    latencyForks = Map.copyOf(latencyForks);
  }

  /** Returns what people want to know at the end, a line each. */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d forks in %s: %d resumed, %d failed, %d disturbed"
            .formatted(
                forksRun, ProgressLine.clock(wall), forksResumed, failedForks, disturbedForks));
    if (savings.forks() < savings.mostForks()) {
      IntSummaryStatistics perCell =
          latencyForks.values().stream().mapToInt(Integer::intValue).summaryStatistics();
      lines.add(
          "latency forks: %d of at most %d (%s per cell); stopping early spared about %s"
              .formatted(
                  savings.forks(),
                  savings.mostForks(),
                  perCell.getMin() == perCell.getMax()
                      ? perCell.getMin()
                      : perCell.getMin() + " to " + perCell.getMax(),
                  ProgressLine.clock(savings.time())));
    }
    return lines;
  }
}
