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
 * Service time of the lowerings of a network, side by side.
 *
 * <p>Workload: that of {@link InferenceBenchmark} on networks of known shape with random weights,
 * whose archives are written in set-up; it needs no variants. What the same archive takes differs
 * by a quarter from fork to fork on a shared machine, so forks give no faithful ratio of two rows.
 * Hence each fork also loads the plain archives and times them around every iteration; the ratios
 * are the secondary results of {@link SpeedUpProfiler}. Iterations are short, so that both see the
 * same machine.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar LoweringBenchmark -p network=resnet8 -p batchSize=1 \
 *     -prof io.edgefrontier.bench.SpeedUpProfiler
 * }</pre>
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class LoweringBenchmark {
  /** Runs one forward call and frees its result. */
  @Benchmark
  public int forward(LoadedLowering lowering, PlainBaselines baselines) {
    return lowering.forward();
  }
}
