package io.edgefrontier.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@link InferenceBenchmark} with a known slowdown, to see whether a sweep and its statistics find
 * it. Its figures say nothing about a variant.
 *
 * <p>Workload: that of {@link InferenceBenchmark}, then a spin that lasts a share of the time that
 * this very call took. A share, unlike a fixed time, makes the true ratio of medians known whatever
 * the machine does.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar InjectedDelayBenchmark -p precision=fp32 -p delayPercent=0,5
 * }</pre>
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class InjectedDelayBenchmark {
  /** How much longer each call takes; 0 keeps the clock readings and adds nothing. */
  @Param({"0", "5"})
  public double delayPercent;

  /** Runs one forward call, frees its result and spins. */
  @Benchmark
  public int forward(LoadedVariant variant, PairedReference reference) {
    long start = System.nanoTime();
    int outputs = variant.forward();
    long end = System.nanoTime();
    long delay = (long) ((end - start) * delayPercent / 100);
    while (System.nanoTime() - end < delay) {
      Thread.onSpinWait();
    }
    return outputs;
  }
}
