package io.edgefrontier.sweep;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Ends the processes that this JVM starts while a fork runs, if they outlive their time.
 *
 * <p>JMH's own timeout interrupts Java threads between iterations; a call that hangs in native code
 * or a JVM that never answers is out of its reach.
 */
final class ForkWatchdog implements AutoCloseable {
  private static final long REPEAT_MILLIS = 50;

  private final Set<ProcessHandle> others = children();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean fired = new AtomicBoolean();

  private ForkWatchdog() {}

  /** Starts watching; call it just before the fork starts. */
  static ForkWatchdog start(Duration timeout) {
    ForkWatchdog watchdog = new ForkWatchdog();
    Thread thread = new Thread(() -> watchdog.watch(timeout), "fork-watchdog");
    thread.setDaemon(true);
    thread.start();
    return watchdog;
  }

  /** Returns whether time ran out. */
  boolean fired() {
    return fired.get();
  }

  /** Stops watching: the fork has ended. */
  @Override
  public void close() {
    ended.countDown();
  }

  private void watch(Duration timeout) {
    try {
      long waitMillis = timeout.toMillis();
      // Again and again: the fork's process may not exist yet when a short time runs out.
      while (!ended.await(waitMillis, TimeUnit.MILLISECONDS)) {
        fired.set(true);
        children().stream()
            .filter(child -> !others.contains(child))
            .forEach(ForkWatchdog::destroyWithDescendants);
        waitMillis = REPEAT_MILLIS;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // JMH waits until nobody holds the fork's output open any more, its own children included.
  private static void destroyWithDescendants(ProcessHandle process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }
}
