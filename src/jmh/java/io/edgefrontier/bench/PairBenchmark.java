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
 * Service time of two archives in turns, to tell whether one is slower than the other.
 *
 * <p>Workload: that of {@link InferenceBenchmark} on the candidate. Right before and right after
 * each iteration the baseline is timed, half as long on each side, so that both see the same
 * process and the same machine. {@code speedup} of {@link SpeedUpProfiler} is the baseline's time
 * over the candidate's: one value per fork. The command {@code gate} runs it, and lets the two
 * change places from fork to fork.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar PairBenchmark -prof io.edgefrontier.bench.SpeedUpProfiler \
 *     -jvmArgsAppend "-Dedgefrontier.pair.baseline=a.pt -Dedgefrontier.pair.candidate=b.pt \
 *     -Dedgefrontier.pair.sample=3x32x32"
 * }</pre>
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(8)
@Warmup(iterations = 10, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 10, timeUnit = TimeUnit.MILLISECONDS)
public class PairBenchmark {
  /** Runs one forward call of the candidate and frees its result. */
  @Benchmark
  public int forward(LoadedPair pair) {
    return pair.forward();
  }
}
