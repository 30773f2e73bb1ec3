package io.edgefrontier.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Adds what {@link LoweringBenchmark} is for, as secondary results, one value per fork.
 *
 * <ul>
 *   <li>{@code speedup} (x): over the plain float32 archive of the same network and batch size, the
 *       median over measurement iterations of its median time around the iteration divided by the
 *       iteration's own median
 *   <li>{@code speedup.own} (x): the same over the plain archive of the same precision; absent in
 *       float32, where it is that one, and for the plain lowering, which it is
 *   <li>{@code speedup.fastest}, {@code speedup.own.fastest} (x): the same of the fork's fastest
 *       calls instead of medians. Where other programs want the same core, they interrupt long
 *       calls more often than short ones, and medians exaggerate; a fastest call was not
 *       interrupted
 * </ul>
 *
 * <p>All need the times of calls, so they are absent in JMH's mode thrpt.
 */
public final class SpeedUpProfiler implements InternalProfiler {
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
    if (iteration.getType() != IterationType.MEASUREMENT || !isTime(benchmark.getMode())) {
      SpeedUps.skipIteration();
      return List.of();
    }
    double nanos = benchmark.getTimeUnit().toNanos(1);
    SpeedUps.endIteration(result.getPrimaryResult().getStatistics(), nanos);
    measured++;
    return measured == iteration.getCount() ? SpeedUps.ofFork() : List.of();
  }

  private static boolean isTime(Mode mode) {
    return switch (mode) {
      case SampleTime, AverageTime, SingleShotTime -> true;
      case Throughput, All -> false;
    };
  }
}
