package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the real engine, whose version is one of the conditions. */
class ConditionsTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @BeforeEach
  void makeVariants() throws IOException {
    MlpVariants.make(folder);
  }

  @Test
  void survivesTheFileAndIsEqualToItself() throws Exception {
    Conditions now = Conditions.of(plan(Effort.fixed(2, 1)));
    Path file = folder.resolve("sweep.json");
    now.write(file);

    assertDoesNotThrow(() -> Conditions.read(file).requireEqual(now, folder));
    assertEquals("2 to 2", now.facts().get("option forks"));
    assertEquals("3 x 10 ms", now.facts().get("option measurement"));
    assertTrue(now.facts().get("libtorch version").startsWith("2."), now.facts().toString());
    assertEquals("not made: no fp16 kernels", now.facts().get("variant mlp-p0.5-fp16"));
  }

  @Test
  void namesEveryArchiveAndOptionThatChanged() throws Exception {
    Conditions before = Conditions.of(plan(Effort.fixed(2, 1)));
    Path manifest = folder.resolve("variants.csv");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("0".repeat(64), "1".repeat(64)));
    Conditions now = Conditions.of(plan(Effort.fixed(3, 1)));

    String message =
        assertThrows(IllegalArgumentException.class, () -> before.requireEqual(now, folder))
            .getMessage();

    assertTrue(message.contains("option forks was 2 to 2, is 3 to 3"), message);
    assertTrue(
        message.contains("variant mlp-p0.5-bf16 was " + "0".repeat(64) + ", is " + "1".repeat(64)),
        message);
    assertEquals(4, message.lines().count(), message);
    assertTrue(
        message.endsWith("use --restart to remove them and measure anew, or start a new run"));
  }

  @Test
  void aSweepWithOtherCallersIsAnother() throws Exception {
    SortedMap<String, String> two = new TreeMap<>(Conditions.of(plan(Effort.fixed(2, 1))).facts());
    assertEquals("1", two.put("option callers", "2"));
    Conditions now = Conditions.of(plan(Effort.fixed(2, 1)));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new Conditions(two).requireEqual(now, folder))
            .getMessage();
    assertTrue(message.contains("option callers was 2, is 1"), message);
  }

  @Test
  void letsASweepGoOnWithALargerTimeBudget() throws Exception {
    Effort hour = new Effort(2, 5, 0.02, Optional.of(Duration.ofHours(1)), 0, 0, 0, 0);
    Effort unbounded = new Effort(2, 5, 0.02, Optional.empty(), 0, 0, 0, 0);
    assertEquals(Conditions.of(plan(hour)), Conditions.of(plan(unbounded)));
  }

  @Test
  void saysWhatToDoWithoutTheFile() {
    Path file = folder.resolve("sweep.json");
    assertFalse(Files.exists(file));
    String message = assertThrows(IOException.class, () -> Conditions.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": not found"), message);
    assertTrue(message.endsWith("use --restart"), message);
  }

  private SweepPlan plan(Effort effort) {
    Grid grid = SmallSweep.grid(List.of(0.5), List.of(Precision.FP32), List.of(1));
    return SmallSweep.plan(folder, grid, effort, TIMEOUT);
  }
}
