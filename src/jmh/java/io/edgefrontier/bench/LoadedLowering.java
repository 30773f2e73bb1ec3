package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The archive to time, loaded, with its input in native memory, for one benchmark thread. */
@State(Scope.Thread)
public class LoadedLowering {
  private InferenceSession session;
  private BoundCall call;

  /** Loads the archive. */
  @Setup(Level.Trial)
  public void load(LoweredNetwork network) throws IOException {
    session = InferenceSession.open(network.candidate());
    call = session.bind(network.input(), network.inputShape());
  }

  /** Runs one forward call and frees its result. */
  int forward() {
    return call.run();
  }

  /** Frees the archive. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }
}
