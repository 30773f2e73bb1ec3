package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.measure.JavaHeap;
import io.edgefrontier.measure.ProcessMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeGrowthTest {
  private static final int LEAK = 64 * 1024;

  /** For all the calls, however busy this machine is. */
  private static final Duration AMPLE = Duration.ofMinutes(2);

  @BeforeEach
  void needsAPlatformThatTells() {
    assumeTrue(
        ProcessMemory.current().isPresent() && JavaHeap.current().isPresent(),
        "this platform does not tell how much native memory a process has");
  }

  @Test
  void showsACallThatKeepsNativeMemory() throws Exception {
    // In a fresh JVM, as in a fork: here, memory that other tests have freed would be used again.
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Leak.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, process.waitFor(), printed);
    double growth = Double.parseDouble(printed.strip());
    // A fresh JVM also compiles what it runs, a few MiB here.
    assertEquals(64_000, growth, 16_000, "KiB per 1000 calls, leaked 64 KiB each");
  }

  /** Prints the growth by calls that keep 64 KiB each. */
  static final class Leak {
    private static final List<ByteBuffer> KEPT = new ArrayList<>();

    private Leak() {}

    public static void main(String[] args) throws IOException {
      try (ReferenceArchive reference = ReferenceArchive.open()) {
        NativeGrowth.warmUp(reference::forward, AMPLE);
        OptionalDouble growth =
            NativeGrowth.kibPer1000Calls(
                () -> {
                  reference.forward();
                  KEPT.add(ByteBuffer.allocateDirect(LEAK));
                },
                AMPLE);
        System.out.println(growth.orElseThrow());
      }
    }
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
