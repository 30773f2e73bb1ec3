package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.WorkloadParams;

/** Puts single forks together as JMH would have, had it run them all itself. */
final class CombinedResults {
  /** What JMH counts as one benchmark: its forks belong together. */
  private record Key(Cell cell, ForkKind kind) {}

  private final Grid grid;
  private final Map<Key, List<RunResult>> forks = new LinkedHashMap<>();

  CombinedResults(Grid grid) {
    this.grid = grid;
  }

  void add(Fork fork, RunResult result) {
    forks.computeIfAbsent(new Key(fork.cell(), fork.kind()), key -> new ArrayList<>()).add(result);
  }

  /** Returns one result per benchmark and cell, in JMH's order, without the failed cells. */
  Collection<RunResult> without(Collection<Cell> failed) {
    Collection<RunResult> combined = new TreeSet<>(RunResult.DEFAULT_SORT_COMPARATOR);
    forks.forEach(
        (key, results) -> {
          if (!failed.contains(key.cell())) {
            combined.add(combine(key.cell(), results));
          }
        });
    return combined;
  }

  private RunResult combine(Cell cell, List<RunResult> results) {
    List<BenchmarkResult> benchmarkResults = new ArrayList<>();
    results.forEach(result -> benchmarkResults.addAll(result.getBenchmarkResults()));
    BenchmarkParams one = results.get(0).getParams();
    return new RunResult(withForks(one, results.size(), parameters(cell)), benchmarkResults);
  }

  // JMH sorts by the place of a value among the values asked for, which one fork cannot know.
  private WorkloadParams parameters(Cell cell) {
    WorkloadParams parameters = new WorkloadParams();
    double level = cell.variant().pruningLevel();
    parameters.put("pruningLevel", String.valueOf(level), grid.pruningLevels().indexOf(level));
    parameters.put(
        "precision",
        cell.variant().precision().label(),
        grid.precisions().indexOf(cell.variant().precision()));
    parameters.put(
        "batchSize", String.valueOf(cell.batchSize()), grid.batchSizes().indexOf(cell.batchSize()));
    return parameters;
  }

  private static BenchmarkParams withForks(
      BenchmarkParams one, int forks, WorkloadParams parameters) {
    return new BenchmarkParams(
        one.getBenchmark(),
        one.generatedBenchmark(),
        one.shouldSynchIterations(),
        one.getThreads(),
        one.getThreadGroups(),
        one.getThreadGroupLabels(),
        forks,
        one.getWarmupForks(),
        one.getWarmup(),
        one.getMeasurement(),
        one.getMode(),
        parameters,
        one.getTimeUnit(),
        one.getOpsPerInvocation(),
        one.getJvm(),
        one.getJvmArgs(),
        one.getJdkVersion(),
        one.getVmName(),
        one.getVmVersion(),
        one.getJmhVersion(),
        one.getTimeout());
  }
}
