package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.measure.JavaHeap;
import io.edgefrontier.measure.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeGrowthTest {
  private static final int LEAK = 16 * 1024;

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
      NativeGrowth.warmUp(reference::forward);
      OptionalDouble growth =
          NativeGrowth.kibPer1000Calls(
              () -> {
                reference.forward();
                kept.add(ByteBuffer.allocateDirect(LEAK));
              });

      assertEquals(16_000, growth.orElseThrow(), 2_000, "KiB per 1000 calls, leaked 16 KiB each");
    }
    assertTrue(kept.size() <= 2_000, kept.size() + " calls");
  }

  @Test
  void findsNextToNothingWhenResultsAreClosed() throws Exception {
    try (ReferenceArchive reference = ReferenceArchive.open()) {
      NativeGrowth.warmUp(reference::forward);
      OptionalDouble growth = NativeGrowth.kibPer1000Calls(reference::forward);

      assertEquals(0, growth.orElseThrow(), 1_000, "KiB per 1000 calls");
    }
  }

  @Test
  void saysNothingWhenTooFewCallsFit() {
    assertEquals(OptionalDouble.empty(), NativeGrowth.kibPer1000Calls(() -> spin(300_000_000)));
  }

  private static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }
}
