package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sweeps of one cell each: SmallCNN by rule, and in plain operators, which take longer. */
class GateCommandTest {
  @TempDir private static Path folder;

  private static Path rule;
  private static Path plain;

  @BeforeAll
  static void measure() throws IOException {
    rule = sweep("rule");
    plain = sweep("plain");
    Execution set = Execution.of("baseline", "set", "main", rule.toString(), results());
    assertEquals(0, set.exitCode(), set.err());
  }

  private static String results() {
    return "--output-dir=" + folder.resolve("results");
  }

  private static Path sweep(String lowering) throws IOException {
    Execution job =
        Execution.of(
            "--model=SmallCNN",
            "--pruning-levels=0",
            "--precisions=fp32",
            "--lowering=" + lowering,
            "--benchmark-repeats=4",
            "--benchmark-iterations=10",
            "--benchmark-warmup-time=100ms",
            "--cold-start-repeats=0",
            "--no-lock",
            results());
    assertEquals(0, job.exitCode(), job.err());
    try (Stream<Path> runs = Files.walk(folder.resolve("results/runs"), 2)) {
      return runs.filter(run -> Files.isRegularFile(run.resolve("jmh.json")))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  private static Execution gate(Path candidate, String... more) {
    return Execution.of(
        Stream.concat(
                Stream.of(
                    "gate",
                    "--baseline=main",
                    "--candidate=" + candidate,
                    "--metric=latency",
                    results()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void aSlowerArchiveIsConfirmedAndFailsTheBuild() throws IOException {
    Path markdown = folder.resolve("comment.md");
    Execution gate = gate(plain, "--markdown=" + markdown, "--time-budget=5m");
    assertEquals(5, gate.exitCode(), gate.out() + gate.err());
    assertTrue(gate.err().contains("gate [round 6/6]"), gate.err());
    assertTrue(
        gate.out().contains("judged by 6 forks that timed both archives in turns"), gate.out());
    assertTrue(Files.readString(markdown).contains("latency"));
  }

  @Test
  void withoutTimeNothingIsConfirmed() {
    Execution gate = gate(plain, "--time-budget=1us");
    assertEquals(0, gate.exitCode(), gate.out());
    assertTrue(gate.out().contains("not confirmed: the time budget ended after 0 of 6 forks"));
    assertEquals(6, gate(plain, "--time-budget=1us", "--strict").exitCode());
  }

  @Test
  void theSameRunIsNoRegression() {
    Execution gate = gate(rule);
    assertEquals(0, gate.exitCode(), gate.out());
  }

  @Test
  void wrongUsageIsSaidBeforeAnythingIsMeasured() {
    assertEquals(2, gate(plain, "--time-budget=soon").exitCode());
    assertEquals(2, gate(plain, "--window=0").exitCode());
    assertEquals(2, gate(plain, "--baseline-jar=" + folder.resolve("none.jar")).exitCode());
    assertEquals(2, Execution.of("gate", "--baseline=none", results()).exitCode());
  }
}
