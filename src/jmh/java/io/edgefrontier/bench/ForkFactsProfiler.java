package io.edgefrontier.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Adds what the benchmarks of this package learn outside timed code, as secondary results.
 *
 * <p>One value per measurement iteration:
 *
 * <ul>
 *   <li>{@code reference} (ms/op), only with {@code -Dedgefrontier.reference=true}: median of the
 *       {@link PairedReference}'s calls right before and right after the iteration; with {@code -t}
 *       those of all callers, as the iteration's score is
 * </ul>
 *
 * <p>One value per fork:
 *
 * <ul>
 *   <li>{@code load} (ms): opening the archive until the engine can run it
 *   <li>{@code first} (ms): from there to the first result, copy of the input included
 *   <li>{@code rss.peak} (MiB): the fork's largest resident set, JVM and engine included
 *   <li>{@code rss.model} (MiB): growth of the native memory in the resident set, the Java heap
 *       left out, from engine-ready until the archive has been loaded and run
 *   <li>{@code rss.growth} (KiB per 1000 calls), only of {@link ColdStartBenchmark}: what further
 *       calls leave behind, see {@link NativeGrowth}
 *   <li>{@code response.p50}, {@code .p90}, {@code .p99}, {@code .p999}, {@code .max} (ms) and
 *       {@code response.count}, only of {@link OpenLoopBenchmark}: a percentile stands here only if
 *       ten samples or more lie beyond it
 *   <li>{@code overhead} (us/op) with its quartiles {@code .q1} and {@code .q3}, {@code .round}
 *       (the time of a round within the engine) and {@code .pairs}, only of {@link
 *       HarnessOverheadBenchmark}
 * </ul>
 *
 * <p>The figures are taken in set-up and tear-down, never inside timed code; this class only hands
 * them to JMH after the iteration. Memory is absent where the platform has no {@code /proc}, and in
 * forks that also load the reference; so are load, first and memory with more than one caller.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar InferenceBenchmark -prof io.edgefrontier.bench.ForkFactsProfiler
 * }</pre>
 */
public final class ForkFactsProfiler implements InternalProfiler {
  private int measured;

  @Override
  public String getDescription() {
    return "Load time, first inference, memory of each fork; the paired reference's time";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // Nothing may start here: the figures come from the benchmark's own set-up and tear-down.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<Observation> observations = new ArrayList<>(ForkFacts.ofIteration());
    if (iteration.getType() != IterationType.MEASUREMENT) {
      return List.of();
    }
    measured++;
    if (measured == iteration.getCount()) {
      observations.addAll(ForkFacts.ofFork(benchmark.getThreads()));
    }
    return observations;
  }
}
