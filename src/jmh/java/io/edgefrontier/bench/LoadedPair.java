package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.EngineFacts;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;

/** Two archives, loaded, with the same input in native memory. */
@State(Scope.Thread)
public class LoadedPair {
  private static final String BASELINE = "edgefrontier.pair.baseline";
  private static final String CANDIDATE = "edgefrontier.pair.candidate";
  private static final String SAMPLE = "edgefrontier.pair.sample";

  // 6 s of calls of 0.2 ms on each side; longer iterations need no more.
  private static final int CAPACITY = 1 << 16;
  private static final int MIN_CALLS = 1;

  /** Samples per forward call. */
  @Param({"1"})
  public int batchSize;

  private InferenceSession baseline;
  private InferenceSession candidate;
  private BoundCall candidateCall;
  private ReferenceSlices slices;

  /** Loads the archives that the system properties name. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    ParentProcess.watch();
    EngineFacts.read(); // starts the engine
    SpeedUps.clear();
    int[] sample =
        Arrays.stream(property(SAMPLE).split("x", -1)).mapToInt(Integer::parseInt).toArray();
    Shape shape = Shape.of(sample).batched(batchSize);
    float[] input = VariantUnderTest.uniform(shape);
    candidate = InferenceSession.open(Path.of(property(CANDIDATE)));
    candidateCall = candidate.bind(input, shape);
    baseline = InferenceSession.open(Path.of(property(BASELINE)));
    BoundCall baselineCall = baseline.bind(input, shape);
    slices = new ReferenceSlices(baselineCall::run, CAPACITY, MIN_CALLS);
  }

  private static String property(String name) {
    String value = System.getProperty(name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "-D%s is not set; expected with -jvmArgsAppend, as in the help of gate".formatted(name));
    }
    return value;
  }

  /** Times the baseline before the iteration. */
  @Setup(Level.Iteration)
  public void before(IterationParams iteration) {
    slices.clear();
    slices.run(sliceNanos(iteration));
  }

  /** Runs one forward call of the candidate and frees its result. */
  int forward() {
    return candidateCall.run();
  }

  /** Times the baseline after the iteration and hands both slices over. */
  @TearDown(Level.Iteration)
  public void after(IterationParams iteration) {
    slices.run(sliceNanos(iteration));
    SpeedUps.baselineCalls(SpeedUps.OVER_BASELINE, slices.callNanos());
  }

  /** Frees the archives. */
  @TearDown(Level.Trial)
  public void close() {
    candidate.close();
    baseline.close();
  }

  private static long sliceNanos(IterationParams iteration) {
    return iteration.getTime().convertTo(TimeUnit.NANOSECONDS) / 2;
  }
}
