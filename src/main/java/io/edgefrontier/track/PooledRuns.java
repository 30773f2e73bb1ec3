package io.edgefrontier.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Several runs as one baseline, so that no single lucky or unlucky one decides. */
public final class PooledRuns {
  private PooledRuns() {}

  /**
   * Returns the newest run with the forks of the others added, cell by cell, where these were
   * measured under the same conditions; another archive is a program's change and does not matter.
   * Exact figures and answers are the newest run's own.
   *
   * @param newestFirst at least one
   */
  public static TrackedRun of(List<TrackedRun> newestFirst) {
    TrackedRun newest = newestFirst.get(0);
    if (newestFirst.size() == 1) {
      return newest;
    }
    Map<String, List<TrackedCell>> others = new LinkedHashMap<>();
    for (TrackedRun run : newestFirst.subList(1, newestFirst.size())) {
      run.cells()
          .forEach(cell -> others.computeIfAbsent(cell.key(), key -> new ArrayList<>()).add(cell));
    }
    List<TrackedCell> cells = new ArrayList<>();
    for (TrackedCell cell : newest.cells()) {
      cells.add(pooled(cell, others.getOrDefault(cell.key(), List.of())));
    }
    return new TrackedRun(
        newest.name() + " and " + (newestFirst.size() - 1) + " before it",
        newest.machineId(),
        newest.time(),
        newest.commit(),
        cells);
  }

  private static TrackedCell pooled(TrackedCell newest, List<TrackedCell> others) {
    Map<Metric, Sample> samples = new EnumMap<>(Metric.class);
    newest
        .samples()
        .forEach(
            (metric, sample) -> {
              List<Sample> alike = new ArrayList<>(List.of(sample));
              others.stream()
                  .filter(other -> conditions(other).equals(conditions(newest)))
                  .map(other -> other.samples().get(metric))
                  .filter(other -> other != null && other.isPaired() == sample.isPaired())
                  .forEach(alike::add);
              samples.put(metric, pooled(alike));
            });
    return new TrackedCell(
        newest.key(),
        newest.conditions(),
        samples,
        newest.exact(),
        newest.answers(),
        newest.error());
  }

  private static Map<String, String> conditions(TrackedCell cell) {
    Map<String, String> conditions = new LinkedHashMap<>(cell.conditions());
    conditions.remove("archive");
    return conditions;
  }

  /** Returns samples of one metric, all paired or none, as one. */
  static Sample pooled(List<Sample> samples) {
    double[] values =
        samples.stream().flatMapToDouble(sample -> Arrays.stream(sample.values())).toArray();
    double[] ratios =
        samples.stream().flatMapToDouble(sample -> Arrays.stream(sample.ratios())).toArray();
    return ratios.length == 0
        ? Sample.of(values)
        : Sample.paired(ratios, values, samples.get(0).typical());
  }

  /**
   * Returns runs of one fork each of the same single cell as one cell. It has ratios alone: forks
   * in turns with those of another build met the same machine, so the reference's own time, which
   * could tell otherwise, is only noise.
   *
   * @throws IllegalArgumentException if no fork gave a latency
   */
  static TrackedCell ofForks(String key, List<TrackedRun> forks) {
    List<Sample> samples =
        forks.stream()
            .flatMap(run -> run.cells().stream())
            .map(cell -> cell.samples().get(Metric.LATENCY))
            .filter(Objects::nonNull)
            .toList();
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(key + ": no fork gave a latency");
    }
    Sample all = pooled(samples);
    Sample latency =
        all.isPaired() ? Sample.paired(all.ratios(), new double[0], all.typical()) : all;
    return new TrackedCell(
        key, Map.of(), Map.of(Metric.LATENCY, latency), Map.of(), Answers.NONE, "");
  }
}
