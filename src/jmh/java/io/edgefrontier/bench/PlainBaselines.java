package io.edgefrontier.bench;

import io.edgefrontier.engine.BoundCall;
import io.edgefrontier.engine.InferenceSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;

/**
 * Times the plain archives right before and right after each iteration, on the same thread, as
 * {@link PairedReference} does with its own: JMH runs both slices outside the iteration's clock,
 * and each lasts half as long as the iteration, but one call at least.
 */
@State(Scope.Thread)
public class PlainBaselines {
  // 6 s of calls of 0.2 ms on each side; longer iterations need no more.
  private static final int CAPACITY = 1 << 16;

  // A call of a large network lasts for seconds, and the ratio is a median over iterations anyway.
  private static final int MIN_CALLS = 1;

  private final List<Baseline> baselines = new ArrayList<>();

  private record Baseline(String speedUp, InferenceSession session, ReferenceSlices slices) {}

  /** Loads the plain archives. */
  @Setup(Level.Trial)
  public void load(LoweredNetwork network) throws IOException {
    for (Map.Entry<String, Path> plain : network.baselines().entrySet()) {
      InferenceSession session = InferenceSession.open(plain.getValue());
      BoundCall call = session.bind(network.input(), network.inputShape());
      ReferenceSlices slices = new ReferenceSlices(call::run, CAPACITY, MIN_CALLS);
      baselines.add(new Baseline(plain.getKey(), session, slices));
    }
  }

  /** Times the slices before the iteration. */
  @Setup(Level.Iteration)
  public void before(IterationParams iteration) {
    for (Baseline baseline : baselines) {
      baseline.slices().clear();
      baseline.slices().run(sliceNanos(iteration));
    }
  }

  /** Times the slices after the iteration and hands both over. */
  @TearDown(Level.Iteration)
  public void after(IterationParams iteration) {
    for (Baseline baseline : baselines) {
      baseline.slices().run(sliceNanos(iteration));
      SpeedUps.baselineCalls(baseline.speedUp(), baseline.slices().callNanos());
    }
  }

  /** Frees the plain archives. */
  @TearDown(Level.Trial)
  public void close() {
    baselines.forEach(baseline -> baseline.session().close());
  }

  private static long sliceNanos(IterationParams iteration) {
    return iteration.getTime().convertTo(TimeUnit.NANOSECONDS) / 2;
  }
}
