package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepLockTest {
  @TempDir private Path folder;

  @Test
  void refusesASecondSweepAndNamesTheFirst() throws Exception {
    Path run = folder.resolve("second");
    SweepPlan plan = plan(run);
    SweepLock lock = SweepLock.acquire(folder.resolve("first"));
    try (lock) {
      IOException refused = assertThrows(IOException.class, () -> SmallSweep.run(plan));
      assertEquals(
          "another sweep runs on this machine (pid %d, run %s), and both would disturb each other;"
                  .formatted(ProcessHandle.current().pid(), folder.resolve("first"))
              + " wait for its end, or use --no-lock",
          refused.getMessage());
      assertFalse(Files.exists(run), "refused before any work");
    }
    assertEquals(0, SmallSweep.run(plan).failedForks());
  }

  @Test
  void canBeIgnored() throws Exception {
    SweepPlan plan = plan(folder.resolve("second"), SweepFlag.IGNORE_LOCK);
    SweepLock lock = SweepLock.acquire(folder.resolve("first"));
    try (lock) {
      assertEquals(0, SmallSweep.run(plan).failedForks());
      assertEquals("true", System.getProperty("jmh.ignoreLock"));
    } finally {
      System.clearProperty("jmh.ignoreLock");
    }
  }

  @Test
  void isFreeAgainForTheNextHolder() throws Exception {
    SweepLock.acquire(folder).close();
    SweepLock.acquire(folder).close();
  }

  private static SweepPlan plan(Path run, SweepFlag... flags) {
    Grid grid = SmallSweep.grid(List.of(0.0), List.of(Precision.FP32), List.of(1));
    return SmallSweep.plan(run, grid, Effort.fixed(1, 0), Duration.ofMinutes(1), flags);
  }
}
