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
 * <p>With {@code -Dedgefrontier.reference=true} each iteration stands between two slices of a
 * {@link PairedReference}; then short iterations, such as {@code -r 10ms -i 100}, make the two see
 * the same machine.
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
public class InferenceBenchmark {
  /** Runs one forward call and frees its result. */
  @Benchmark
  public int forward(LoadedVariant variant, PairedReference reference) {
    return variant.forward();
  }
}
