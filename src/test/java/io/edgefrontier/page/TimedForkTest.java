package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedForkTest {
  private static final String COLD =
      "{\"cell\":\"net-p0.0-fp32-b1-t1\",\"kind\":\"cold_start\",\"median_ms\":190,\"used\":true}\n";
  private static final String TIMED =
      "{\"cell\":\"net-p0.0-fp32-b1-t1\",\"kind\":\"latency\",\"latency_ratio\":1.25,"
          + "\"median_ms\":0.5,\"disturbed\":\"steal\",\"used\":false}\n";
  private static final String UNPAIRED =
      "{\"cell\":\"net-p0.0-int8-b1-t1\",\"kind\":\"latency\",\"median_ms\":0.25,\"used\":true}\n";
  private static final String CRASHED =
      "{\"cell\":\"net-p0.0-int8-b1-t1\",\"kind\":\"latency\",\"status\":\"error\",\"used\":false}\n";

  @TempDir private Path folder;

  @Test
  void countsAllForksAndKeepsThoseThatTimed() throws IOException {
    assertEquals(
        List.of(
            new TimedFork(1, "net-p0.0-fp32-b1-t1", 0.5, 1.25, true, false),
            new TimedFork(3, "net-p0.0-int8-b1-t1", 0.25, Double.NaN, false, true)),
        TimedFork.read(journal(COLD + TIMED + CRASHED + UNPAIRED)));
  }

  @Test
  void leavesOutALineThatTheSweepDidNotLiveToFinish() throws IOException {
    assertEquals(1, TimedFork.read(journal(TIMED + UNPAIRED.substring(0, 40))).size());
    assertEquals(List.of(), TimedFork.read(folder.resolve("none.jsonl")));
  }

  @Test
  void namesTheLineThatIsNoFork() throws IOException {
    Path journal = journal(TIMED + "[1, 2]\n");
    IOException error = assertThrows(IOException.class, () -> TimedFork.read(journal));
    assertTrue(
        error.getMessage().startsWith(journal + ": line 2: not the line of a fork: "),
        error::getMessage);
    Path without = journal("{\"kind\":\"latency\",\"median_ms\":\"x\"}\n");
    assertThrows(IOException.class, () -> TimedFork.read(without));
  }

  private Path journal(String text) throws IOException {
    return Files.writeString(folder.resolve("forks.jsonl"), text);
  }
}
