package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.variant.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingForksTest {
  @TempDir private Path folder;

  @Test
  void losesNothingButTheCellsWhoseForksCrash() throws Exception {
    Grid grid = SmallSweep.grid(List.of(0.0), List.of(Precision.values()), List.of(2));
    SweepOutcome outcome =
        SmallSweep.run(SmallSweep.plan(folder, grid, Effort.fixed(1, 0), Duration.ofMinutes(1)));

    Map<Precision, String> reasons =
        outcome.failures().stream()
            .collect(
                Collectors.toMap(
                    failure -> failure.cell().variant().precision(), CellFailure::reason));
    assertEquals(3, reasons.size());
    String crash = reasons.get(Precision.BF16);
    assertTrue(crash.startsWith("the fork crashed: SIGSEGV"), crash);
    assertTrue(crash.matches(".*Unsafe.*, see hs_err_pid\\d+\\.log"), crash);
    String exit = reasons.get(Precision.FP16);
    assertTrue(exit.contains("explicit System.exit was called"), exit);
    assertTrue(exit.contains("it printed last: about to exit"), exit);
    assertEquals(
        "java.lang.OutOfMemoryError: Java heap space",
        reasons.get(Precision.INT8).lines().findFirst().orElseThrow());
    assertEquals(3 * 2, outcome.failedForks(), "two for each cell that fails");
    assertEquals(1, outcome.latencyForks().values().iterator().next());

    String jmh = Files.readString(outcome.jmhJson());
    assertEquals(1, JsonParser.parseString(jmh).getAsJsonArray().size());
    try (Stream<Path> files = Files.list(folder.resolve("forks"))) {
      assertEquals(
          2, files.filter(file -> file.getFileName().toString().startsWith("hs_err")).count());
    }
    JsonObject line = failedLine(Precision.FP16);
    assertTrue(line.get("log_tail").toString().contains("about to exit"), line.toString());
    assertEquals("error", line.get("status").getAsString());
  }

  @Test
  void endsForksThatSleepInSetUp() throws Exception {
    Grid grid = SmallSweep.grid(List.of(0.0), List.of(Precision.INT8), List.of(1));
    SweepOutcome outcome =
        SmallSweep.run(SmallSweep.plan(folder, grid, Effort.fixed(1, 0), Duration.ofSeconds(4)));

    assertEquals("no result within 4.0 s; the fork was ended", outcome.failures().get(0).reason());
    assertEquals(2, outcome.forksRun());
    assertTrue(failedLine(Precision.INT8).get("log_tail").toString().contains("asleep in set-up"));
    assertEquals(List.of(), ProcessHandle.current().children().toList());
    assertEquals("[]", Files.readString(outcome.jmhJson()).strip());
  }

  private JsonObject failedLine(Precision precision) throws Exception {
    return Files.readAllLines(folder.resolve("forks.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(line -> line.get("cell").getAsString().contains(precision.label()))
        .findFirst()
        .orElseThrow();
  }
}
