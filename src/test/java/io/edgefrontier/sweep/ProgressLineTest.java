package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.sweep.SweepProgress.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final Step BEFORE =
      new Step("resnet8-p0.25-int8-b1-t1", "fork 2 of 3", 16, 64, Optional.empty());
  private static final Step AFTER =
      new Step(
          "resnet8-p0.25-int8-b1-t1", "fork 2 of 3", 17, 64, Optional.of(Duration.ofSeconds(185)));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void printsOneLinePerEndedForkWhereNobodyWatches() {
    ProgressLine progress = progress(false);
    progress.forkStarts(BEFORE);
    assertEquals("", printed());
    progress.forkEnded(AFTER, "0.1235 ms");
    progress.forkFailed(AFTER, "no such archive");
    progress.sweepEnded();

    assertEquals(
        List.of(
            "[17/64, at most 3:05 left] resnet8-p0.25-int8-b1-t1 fork 2 of 3: 0.1235 ms",
            "[17/64, at most 3:05 left] resnet8-p0.25-int8-b1-t1 fork 2 of 3: FAILED: no such"
                + " archive"),
        printed().lines().toList());
  }

  @Test
  void redrawsOneLineOnATerminalAndLeavesFailuresStanding() {
    ProgressLine progress = progress(true);
    progress.forkEnded(AFTER, "12.50 ms");
    progress.forkStarts(BEFORE);
    String start = "[16/64] resnet8-p0.25-int8-b1-t1 fork 2 of 3";
    assertTrue(
        printed().endsWith("\r" + start + " ".repeat(", at most 3:05 left: 12.50 ms".length())),
        printed());
    assertEquals(0, printed().chars().filter(c -> c == '\n').count());

    progress.forkFailed(AFTER, "crashed");
    progress.sweepEnded();
    assertTrue(printed().contains("FAILED: crashed" + System.lineSeparator()));
  }

  private ProgressLine progress(boolean terminal) {
    return new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
