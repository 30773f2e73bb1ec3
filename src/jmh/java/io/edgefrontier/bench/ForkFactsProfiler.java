package io.edgefrontier.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Adds three secondary results, one value per fork, to the benchmarks of this package.
 *
 * <ul>
 *   <li>{@code load} (ms): opening the archive until the engine can run it
 *   <li>{@code rss.peak} (MiB): the fork's largest resident set, JVM and engine included
 *   <li>{@code rss.model} (MiB): growth of the resident set from engine-ready to last inference
 * </ul>
 *
 * <p>The figures are taken in set-up and tear-down, never inside timed code; this class only hands
 * them to JMH after the last iteration. Memory is absent where the platform has no {@code /proc}.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar InferenceBenchmark -prof io.edgefrontier.bench.ForkFactsProfiler
 * }</pre>
 */
public final class ForkFactsProfiler implements InternalProfiler {
  private int measured;

  @Override
  public String getDescription() {
    return "Per fork: model load time, peak resident set, its growth by the model";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // Nothing may start here: the figures come from the benchmark's own set-up and tear-down.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    if (iteration.getType() != IterationType.MEASUREMENT) {
      return List.of();
    }
    measured++;
    return measured == iteration.getCount() ? ForkFacts.results() : List.of();
  }
}
