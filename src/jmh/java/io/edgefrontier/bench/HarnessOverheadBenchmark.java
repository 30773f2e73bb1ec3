package io.edgefrontier.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What stands around the engine's own work in a call that {@link InferenceBenchmark} times.
 *
 * <p>Workload: pairs of {@value InEngineLoop#ROUNDS} calls, each timed as JMH's loop for samples
 * times them, and one call of the same archive looped {@value InEngineLoop#ROUNDS} times inside the
 * engine, in alternating order. The overhead is the secondary result {@code overhead} of {@link
 * ForkFactsProfiler}, see {@link OverheadPairs}; the score itself, the time of a pair, says
 * nothing.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar HarnessOverheadBenchmark -p precision=fp32 -p pruningLevel=0.0 \
 *     -prof io.edgefrontier.bench.ForkFactsProfiler
 * }</pre>
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 3)
public class HarnessOverheadBenchmark {
  /** Times one pair. */
  @Benchmark
  public void pair(LoadedVariant variant, InEngineLoop loop, Blackhole blackhole) {
    OverheadPairs pairs = loop.pairs();
    if (pairs.callsFirst()) {
      long calls = calls(variant, blackhole);
      pairs.add(calls, loop(loop, blackhole));
    } else {
      long looped = loop(loop, blackhole);
      pairs.add(calls(variant, blackhole), looped);
    }
  }

  private static long calls(LoadedVariant variant, Blackhole blackhole) {
    long nanos = 0;
    for (int i = 0; i < InEngineLoop.ROUNDS; i++) {
      long start = System.nanoTime();
      blackhole.consume(variant.forward());
      nanos += System.nanoTime() - start;
    }
    return nanos;
  }

  private static long loop(InEngineLoop loop, Blackhole blackhole) {
    long start = System.nanoTime();
    blackhole.consume(loop.forward());
    return System.nanoTime() - start;
  }
}
