package io.edgefrontier.bench;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The process on whose behalf a fork measures, named by {@code -Dedgefrontier.parent=<pid>}.
 *
 * <p>JMH's fork notices a lost parent only when it sends the next result, and never while it hangs
 * in native code; it would go on and disturb whatever is measured next.
 */
final class ParentProcess {
  /** System property that holds the parent's process id. */
  static final String PROPERTY = "edgefrontier.parent";

  private static final int ORPHANED = 1;

  private ParentProcess() {}

  /**
   * Halts this JVM as soon as the parent is gone; does nothing if none is named.
   *
   * <p>The JDK looks for a process that is not its child every 0.3 to 5 s, with one file read.
   */
  static void watch() {
    Long pid = Long.getLong(PROPERTY);
    if (pid == null) {
      return;
    }
    Optional<ProcessHandle> parent = ProcessHandle.of(pid);
    if (parent.isEmpty()) {
      halt();
    } else {
      CompletableFuture<Void> unused = parent.get().onExit().thenRun(ParentProcess::halt);
    }
  }

  // Not exit: shutdown hooks wait for a benchmark thread that may never answer.
  private static void halt() {
    Runtime.getRuntime().halt(ORPHANED);
  }
}
