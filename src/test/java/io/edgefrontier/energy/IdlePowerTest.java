package io.edgefrontier.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In real time, with a counter that goes on by itself. */
class IdlePowerTest {
  private static final double WATTS = 10;

  @TempDir private Path root;

  @Test
  void isTheMeanPowerOfTheTimeThatItWaits() throws IOException, InterruptedException {
    new FakeSys(root).zone("intel-rapl:0", "package-0", 0);
    ScheduledExecutorService hardware = Executors.newSingleThreadScheduledExecutor();
    try (RandomAccessFile counter =
            new RandomAccessFile(
                root.resolve("sys/class/powercap/intel-rapl:0/energy_uj").toFile(), "rw");
        EnergySensor sensor = EnergySensors.find("powercap", root).sensor().orElseThrow()) {
      long start = System.nanoTime();
      CountDownLatch warm = new CountDownLatch(20);
      Runnable tick =
          () -> {
            tick(counter, start);
            warm.countDown();
          };
      ScheduledFuture<?> ticking = hardware.scheduleAtFixedRate(tick, 0, 5, TimeUnit.MILLISECONDS);
      warm.await();

      IdlePower idle = IdlePower.measure(sensor, Duration.ofMillis(1300));

      assertEquals(WATTS, idle.watts(), 0.25 * WATTS, "a busy machine ticks late");
      assertEquals(1.3, idle.window().seconds(), 0.5);
      assertEquals(
          System.currentTimeMillis() / 1000.0, idle.window().endSeconds(), 5, "wall-clock time");
      assertEquals(0, idle.window().netJoules(idle.watts()), 1e-9, "idle has no net energy");
      assertFalse(ticking.isDone(), "the counter went on");
      hardware.shutdown();
      assertTrue(hardware.awaitTermination(10, TimeUnit.SECONDS));
    } finally {
      hardware.shutdownNow();
    }
  }

  /** Writes as many digits each time, so that no reader sees half a number. */
  private static void tick(RandomAccessFile counter, long start) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    try {
      counter.seek(0);
      counter.write(
          "%012d\n"
              .formatted(Math.round(1e6 * WATTS * seconds))
              .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void saysWhyThereIsNone() throws IOException {
    new FakeSys(root).zone("intel-rapl:0", "package-0", 7);
    try (EnergySensor sensor = EnergySensors.find("powercap", root).sensor().orElseThrow()) {
      IOException error =
          assertThrows(IOException.class, () -> IdlePower.measure(sensor, Duration.ofMillis(1050)));

      assertTrue(
          error.getMessage().startsWith("idle power of powercap:package-0: package-0 did not"),
          error.getMessage());
    }
  }
}
