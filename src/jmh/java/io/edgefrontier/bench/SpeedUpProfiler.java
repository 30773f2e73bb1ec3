package io.edgefrontier.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Adds what {@link LoweringBenchmark} is for, as secondary results, one value per fork: the median
 * over measurement iterations of a baseline's median time around the iteration divided by the
 * iteration's own median.
 *
 * <ul>
 *   <li>{@code speedup} (x): over the plain float32 archive of the same network and batch size
 *   <li>{@code speedup.own} (x): over the plain archive of the same precision; absent in float32,
 *       where it is the same, and for the plain lowering, where it is 1
 * </ul>
 *
 * <p>A median needs the times of calls, so both are absent in JMH's mode thrpt.
 */
public final class SpeedUpProfiler implements InternalProfiler {
  private static final double MEDIAN = 50;

  private int measured;

  @Override
  public String getDescription() {
    return "How many times faster a lowering is than the plain archives in the same fork";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // Nothing may start here: the baselines are timed in the benchmark's own set-up and tear-down.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double nanos = candidateNanos(benchmark, result);
    if (iteration.getType() != IterationType.MEASUREMENT || !(nanos > 0)) {
      SpeedUps.skipIteration();
      return List.of();
    }
    SpeedUps.endIteration(nanos);
    measured++;
    return measured == iteration.getCount() ? SpeedUps.ofFork() : List.of();
  }

  /** Returns the median time of a call, or NaN where the score is no time. */
  private static double candidateNanos(BenchmarkParams benchmark, IterationResult result) {
    TimeUnit unit = benchmark.getTimeUnit();
    return switch (benchmark.getMode()) {
      case SampleTime, AverageTime, SingleShotTime ->
          result.getPrimaryResult().getStatistics().getPercentile(MEDIAN) * unit.toNanos(1);
      case Throughput, All -> Double.NaN;
    };
  }
}
