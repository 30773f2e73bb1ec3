package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.torchscript.LoopedArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** The variant under test, looped inside the engine, and the pairs that it was timed in. */
@State(Scope.Thread)
public class InEngineLoop {
  /** Rounds of one call. */
  static final int ROUNDS = 8;

  private final OverheadPairs pairs = new OverheadPairs(ROUNDS);
  private InferenceSession session;
  private BoundCall call;
  private boolean measuring;

  /** Makes and loads the looped archive. */
  @Setup(Level.Trial)
  public void load(VariantUnderTest variant) throws IOException {
    // The engine reads files only.
    Path looped = Files.createTempFile("edge-frontier-looped", ".pt");
    try {
      LoopedArchive.write(variant.archive(), ROUNDS, looped);
      session = InferenceSession.open(looped);
    } finally {
      Files.deleteIfExists(looped);
    }
    call = session.bind(variant.input(), variant.inputShape());
  }

  /** Forgets the pairs of the warm-up. */
  @Setup(Level.Iteration)
  public void before(IterationParams iteration) {
    if (iteration.getType() == IterationType.MEASUREMENT && !measuring) {
      measuring = true;
      pairs.clear();
    }
  }

  /** Hands the pairs over. */
  @TearDown(Level.Iteration)
  public void after() {
    if (measuring) {
      ForkFacts.overhead(pairs.observations());
    }
  }

  /** Frees the archive. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /** Runs all rounds in one call and frees its result. */
  int forward() {
    return call.run();
  }

  OverheadPairs pairs() {
    return pairs;
  }
}
