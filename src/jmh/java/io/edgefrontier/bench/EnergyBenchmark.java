package io.edgefrontier.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Energy of one forward call of a variant on one batch; its score is the mean time of these calls.
 *
 * <p>Workload: that of {@link InferenceBenchmark} without pause, for seconds, because sensors of
 * energy are slow, and without a reference, which would use energy, too. The energy is a secondary
 * result of {@link EnergyProfiler}.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar EnergyBenchmark -p precision=int8 \
 *     -prof io.edgefrontier.bench.EnergyProfiler
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 5, time = 2)
public class EnergyBenchmark {
  /** Runs one forward call and frees its result. */
  @Benchmark
  public int forward(LoadedVariant variant) {
    return variant.forward();
  }
}
