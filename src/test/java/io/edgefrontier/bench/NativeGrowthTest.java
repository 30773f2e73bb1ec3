package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.measure.JavaHeap;
import io.edgefrontier.measure.ProcessMemory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeGrowthTest {
  private static final int LEAK = 16 * 1024;

  /** For all the calls, however busy this machine is. */
  private static final Duration AMPLE = Duration.ofMinutes(2);

  private final List<ByteBuffer> kept = new ArrayList<>();

  @BeforeEach
  void needsAPlatformThatTells() {
    assumeTrue(
        ProcessMemory.current().isPresent() && JavaHeap.current().isPresent(),
        "this platform does not tell how much native memory a process has");
  }

  @Test
  void showsACallThatKeepsNativeMemory() throws Exception {
    try (ReferenceArchive reference = ReferenceArchive.open()) {
      NativeGrowth.warmUp(reference::forward, AMPLE);
      OptionalDouble growth =
          NativeGrowth.kibPer1000Calls(
              () -> {
                reference.forward();
                kept.add(ByteBuffer.allocateDirect(LEAK));
              },
              AMPLE);

      assertEquals(16_000, growth.orElseThrow(), 4_000, "KiB per 1000 calls, leaked 16 KiB each");
    }
    assertTrue(kept.size() <= 1_000, kept.size() + " calls");
  }

  @Test
  void findsNextToNothingWhenResultsAreClosed() throws Exception {
    try (ReferenceArchive reference = ReferenceArchive.open()) {
      NativeGrowth.warmUp(reference::forward, AMPLE);
      OptionalDouble growth = NativeGrowth.kibPer1000Calls(reference::forward, AMPLE);

      assertEquals(0, growth.orElseThrow(), 4_000, "KiB per 1000 calls");
    }
  }

  @Test
  void saysNothingWhenTooFewCallsFit() {
    assertEquals(
        OptionalDouble.empty(),
        NativeGrowth.kibPer1000Calls(() -> spin(60_000_000), Duration.ofMillis(200)));
  }

  private static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }
}
