package io.edgefrontier.track;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run against another, cell by cell.
 *
 * @param cells those of the candidate in its order, then those that are missing
 */
public record RunComparison(TrackedRun baseline, TrackedRun candidate, List<CellComparison> cells) {
  public RunComparison {
    cells = List.copyOf(cells);
  }

  /** Compares two runs whose cells were measured alike. */
  public static RunComparison of(TrackedRun baseline, TrackedRun candidate, Deltas deltas) {
    return of(baseline, candidate, deltas, Set.of());
  }

  /**
   * Compares two runs.
   *
   * <p>A cell whose conditions differ gets no verdict on its samples. Exact figures and answers to
   * the same validation samples do not depend on how times were measured, and are compared.
   *
   * @param mayDiffer conditions that may differ, since the change of one is what is to be judged: a
   *     name of {@link TrackedCell#conditions()} or {@code machine}
   */
  public static RunComparison of(
      TrackedRun baseline, TrackedRun candidate, Deltas deltas, Set<String> mayDiffer) {
    Map<String, TrackedCell> before = new LinkedHashMap<>();
    baseline.cells().forEach(cell -> before.put(cell.key(), cell));
    CellVerdicts verdicts =
        new CellVerdicts(new ConditionCheck(baseline, candidate, mayDiffer), deltas);
    for (TrackedCell cell : candidate.cells()) {
      TrackedCell same = before.remove(cell.key());
      if (same != null && !same.isFailed() && !cell.isFailed()) {
        verdicts.compare(same, cell);
      }
    }
    Map<String, List<MetricVerdict>> judged = verdicts.judge();
    Map<String, TrackedCell> failedBefore = failed(baseline);
    List<CellComparison> cells = new ArrayList<>();
    for (TrackedCell cell : candidate.cells()) {
      List<MetricVerdict> metrics = judged.get(cell.key());
      cells.add(
          metrics != null
              ? CellComparison.of(cell.key(), metrics)
              : alone(cell, failedBefore.get(cell.key())));
    }
    for (TrackedCell cell : before.values()) {
      cells.add(CellComparison.whole(cell.key(), Verdict.MISSING, failure(cell)));
    }
    return new RunComparison(baseline, candidate, cells);
  }

  private static Map<String, TrackedCell> failed(TrackedRun run) {
    Map<String, TrackedCell> failed = new LinkedHashMap<>();
    run.cells().stream()
        .filter(TrackedCell::isFailed)
        .forEach(cell -> failed.put(cell.key(), cell));
    return failed;
  }

  /** A cell that has no figures on one side. */
  private static CellComparison alone(TrackedCell candidate, TrackedCell failedBefore) {
    if (candidate.isFailed()) {
      return CellComparison.whole(candidate.key(), Verdict.FAILED, candidate.error());
    }
    String reason = failedBefore == null ? "" : failure(failedBefore);
    return CellComparison.whole(candidate.key(), Verdict.NEW, reason);
  }

  private static String failure(TrackedCell baseline) {
    return baseline.isFailed() ? "the baseline failed: " + baseline.error() : "";
  }

  /**
   * Returns this with the verdicts on some metrics only; cells without any of them are left out.
   */
  public RunComparison only(Set<Metric> metrics) {
    List<CellComparison> chosen = new ArrayList<>();
    for (CellComparison cell : cells) {
      List<MetricVerdict> kept =
          cell.metrics().stream().filter(verdict -> metrics.contains(verdict.metric())).toList();
      if (cell.metrics().isEmpty()) {
        chosen.add(cell);
      } else if (!kept.isEmpty()) {
        chosen.add(CellComparison.of(cell.key(), kept));
      }
    }
    return new RunComparison(baseline, candidate, chosen);
  }

  /** Returns the verdicts on metrics, cell by cell. */
  public Stream<MetricVerdict> metrics() {
    return cells.stream().flatMap(cell -> cell.metrics().stream());
  }

  /** Returns the number of verdicts of this kind, on metrics and on whole cells without metrics. */
  public long count(Verdict verdict) {
    long whole =
        cells.stream()
            .filter(cell -> cell.metrics().isEmpty() && cell.verdict() == verdict)
            .count();
    return whole + metrics().filter(metric -> metric.verdict() == verdict).count();
  }
}
