package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Service time of one forward call of a variant on one batch.
 *
 * <p>Workload: the archive is loaded and its input is in native memory before the clock starts. The
 * clock then covers what a DJL user pays for each call: the JNI call, the network, the wrapping of
 * its result and the release of the result's native memory. Pre- and post-processing and the copy
 * of the input are outside.
 *
 * <p>Every variant gets the same seeded pseudo-random values, uniform in [-1, 1) like normalised
 * pixels. The time of these networks does not depend on the values, as long as they are neither all
 * zero nor denormal nor NaN, and a file of samples would be one more thing that could differ.
 *
 * <pre>{@code
 * java -jar target/benchmarks.jar InferenceBenchmark -p precision=int8 -p pruningLevel=0.5
 * }</pre>
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class InferenceBenchmark {
  private InferenceSession session;
  private BoundCall call;

  /** Loads the archive and puts its input into native memory. */
  @Setup(Level.Trial)
  public void load(VariantUnderTest variant) throws IOException {
    long start = System.nanoTime();
    session = InferenceSession.open(variant.archive());
    ForkFacts.loaded(System.nanoTime() - start);
    call = session.bind(variant.input(), variant.inputShape());
  }

  /** Runs one forward call and frees its result. */
  @Benchmark
  public int forward() {
    return call.run();
  }

  /** Takes the memory figures while the archive is still loaded, then frees it. */
  @TearDown(Level.Trial)
  public void close() {
    ForkFacts.inferencesDone();
    session.close();
  }
}
