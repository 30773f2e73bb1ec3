package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestCommandTest {
  @TempDir private Path folder;

  @Test
  void tellsADelayThatDoublesEveryCallFromNone() throws IOException {
    Execution selfTest =
        Execution.of(
            ("selftest --run %s --model mlp --calibration-batches 1 --inject 100 --trials 1 --forks 4"
                    + " -wi 1 -w 50ms -i 5 -r 10ms --no-lock")
                .formatted(folder)
                .split(" ", -1));
    assertTrue(List.of(0, 6).contains(selfTest.exitCode()), selfTest.err());
    JsonObject found =
        JsonParser.parseString(Files.readString(folder.resolve("selftest.json"))).getAsJsonObject();
    // Twice the time is beyond any noise; whether equals look equal depends on the machine.
    assertEquals(
        "slower", found.getAsJsonObject("injection").get("verdict").getAsString(), selfTest.out());
    assertTrue(selfTest.out().contains("A + 100 % against A"), selfTest.out());

    Map<String, Long> forks =
        Files.readAllLines(folder.resolve("selftest.jsonl")).stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .collect(
                Collectors.groupingBy(
                    line -> line.get("label").getAsString(), Collectors.counting()));
    assertEquals(Map.of("A", 4L, "A'", 4L, "A+100%", 4L), forks);
  }

  @Test
  void refusesTooFewForksBeforeAnyWork() {
    Execution selfTest = Execution.of("selftest", "--run=" + folder, "--forks=3");
    assertEquals(2, selfTest.exitCode());
    assertTrue(selfTest.err().contains("expected at least 1 and 4, found 3 and 3"), selfTest.err());
    assertTrue(Files.notExists(folder.resolve("variants.csv")));
  }
}
