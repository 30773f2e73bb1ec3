package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time from opening a variant's archive to its first result, in a fresh JVM whose engine has
 * started.
 *
 * <p>Workload: load, copy of one batch into native memory, first forward call. The archive was read
 * once before to verify its checksum, so the operating system has it in its cache. Its two parts
 * are the secondary results {@code load} and {@code first} of {@link ForkFactsProfiler}.
 *
 * <p>After the one timed shot, tear-down makes more calls for the memory figures: up to 300 until
 * {@code rss.model} is read, up to 1000 for {@code rss.growth}, each bounded in time.
 *
 * <p>Only the first call in a process is cold: ask for more forks, not for more iterations.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar ColdStartBenchmark -p precision=fp32 -f 10 \
 *     -prof io.edgefrontier.bench.ForkFactsProfiler
 * }</pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@State(Scope.Thread)
public class ColdStartBenchmark {
  private static final Duration MEMORY_TIME = Duration.ofSeconds(1);

  private InferenceSession session;
  private BoundCall call;

  /** Loads the archive and runs its first forward call. */
  @Benchmark
  public int loadAndFirstInference(VariantUnderTest variant) throws IOException {
    long start = System.nanoTime();
    session = InferenceSession.open(variant.archive());
    long loaded = System.nanoTime();
    call = session.bind(variant.input(), variant.inputShape());
    int outputs = call.run();
    // Three clock readings and two stores, about 100 ns in tens of milliseconds.
    ForkFacts.started(loaded - start, System.nanoTime() - loaded);
    return outputs;
  }

  /** Takes the memory figures with calls of their own, then frees the archive. */
  @TearDown(Level.Invocation)
  public void close() {
    NativeGrowth.warmUp(call::run, MEMORY_TIME);
    ForkFacts.inferencesDone();
    ForkFacts.growth(NativeGrowth.kibPer1000Calls(call::run, MEMORY_TIME));
    session.close();
  }
}
