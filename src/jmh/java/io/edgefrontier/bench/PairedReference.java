package io.edgefrontier.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;

/**
 * Times the {@link ReferenceArchive} right before and right after each iteration, on the same
 * thread, so that what the machine does to the candidate it does to the reference, too.
 *
 * <p>JMH runs iteration set-up before it starts the iteration's clock and tear-down after it has
 * stopped, so neither slice is part of a score. Each lasts half as long as the iteration. With
 * {@code -t} every caller has a reference of its own. JMH lets all of them into set-up, and into
 * tear-down, at the same moment, so as many call the reference at once as call the candidate. Off
 * unless {@code -Dedgefrontier.reference=true}: then nothing is loaded and nothing runs.
 */
@State(Scope.Thread)
public class PairedReference {
  /** System property that turns the reference on. */
  static final String PROPERTY = "edgefrontier.reference";

  // 6 s of calls of 0.2 ms on each side; longer iterations need no more.
  private static final int CAPACITY = 1 << 16;

  private ReferenceArchive archive;
  private ReferenceSlices slices;

  /** Returns whether this JVM measures with the reference. */
  static boolean isOn() {
    return Boolean.getBoolean(PROPERTY);
  }

  /**
   * Times the slice before the iteration.
   *
   * <p>Loads the reference the first time, not in trial set-up: there it might come before the
   * candidate, and the first archive of a process pays for the engine's own start.
   */
  @Setup(Level.Iteration)
  public void before(IterationParams iteration) throws IOException {
    if (!isOn()) {
      return;
    }
    if (archive == null) {
      archive = ReferenceArchive.open();
      slices = new ReferenceSlices(archive::forward, CAPACITY);
    }
    slices.clear();
    slices.run(sliceNanos(iteration));
  }

  /** Times the slice after the iteration and hands both over. */
  @TearDown(Level.Iteration)
  public void after(IterationParams iteration) {
    if (isOn()) {
      slices.run(sliceNanos(iteration));
      ForkFacts.referenceCalls(slices.callNanos());
    }
  }

  /** Frees the reference. */
  @TearDown(Level.Trial)
  public void close() {
    if (archive != null) {
      archive.close();
    }
  }

  private static long sliceNanos(IterationParams iteration) {
    return iteration.getTime().convertTo(TimeUnit.NANOSECONDS) / 2;
  }
}
