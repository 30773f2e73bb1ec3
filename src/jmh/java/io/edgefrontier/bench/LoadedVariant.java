package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The variant under test, loaded, with its input in native memory, for one benchmark thread. */
@State(Scope.Thread)
public class LoadedVariant {
  private InferenceSession session;
  private BoundCall call;

  /** Loads the archive and runs its first forward call. */
  @Setup(Level.Trial)
  public void load(VariantUnderTest variant) throws IOException {
    long start = System.nanoTime();
    session = InferenceSession.open(variant.archive());
    long loaded = System.nanoTime();
    call = session.bind(variant.input(), variant.inputShape());
    call.run();
    ForkFacts.started(loaded - start, System.nanoTime() - loaded);
  }

  /** Runs one forward call and frees its result. */
  int forward() {
    return call.run();
  }

  /** Takes the memory figures while the archive is still loaded, then frees it. */
  @TearDown(Level.Trial)
  public void close() {
    ForkFacts.inferencesDone();
    session.close();
  }
}
