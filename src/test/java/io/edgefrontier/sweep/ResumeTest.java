package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final long SEED = 20261122;
  private static final int KILLS = 5;

  @TempDir private Path folder;

  @Test
  void losesOnlyTheForkInFlightWheneverItIsKilled() throws Exception {
    Random random = new Random(SEED);
    List<String> before = List.of();
    for (int kill = 0; kill < KILLS; kill++) {
      Process sweep = start();
      // Into the start of the JVM, a fork, or the writing of its result: all may be hit.
      sweep.waitFor(600 + random.nextInt(2400), TimeUnit.MILLISECONDS);
      sweep.destroyForcibly().waitFor();
      List<String> after = names(wholeLines());
      assertEquals(before, after.subList(0, before.size()), "forks that had ended are still there");
      before = after;
    }
    Process last = start();
    assertTrue(last.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, last.exitValue(), () -> log());

    List<String> names = names(wholeLines());
    assertEquals(before, names.subList(0, before.size()));
    assertEquals(names.size(), new HashSet<>(names).size(), "no fork twice: " + names);
    List<JsonObject> used =
        wholeLines().stream().filter(line -> line.get("used").getAsBoolean()).toList();
    Map<String, Long> byCell =
        used.stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.get("cell").getAsString(), TreeMap::new, Collectors.counting()));
    assertEquals(
        Map.of(
            "unruly-p0.0-fp32-b1-t1", 2L,
            "unruly-p0.0-fp32-b2-t1", 2L,
            "unruly-p0.5-fp32-b1-t1", 2L,
            "unruly-p0.5-fp32-b2-t1", 2L),
        byCell);
    assertOneEntryPerCellWithTwoForks();
    try (Stream<Path> files = Files.list(folder.resolve("forks"))) {
      assertEquals(names.size(), files.count(), "a file for each line, and nothing else");
    }
  }

  @Test
  void takesNoNoticeOfATornLineOrABrokenResult() throws Exception {
    Grid grid = SmallSweep.grid(List.of(0.0), List.of(Precision.FP32), List.of(1));
    SweepPlan plan = SmallSweep.plan(folder, grid, Effort.fixed(2, 0), Duration.ofMinutes(1));
    SmallSweep.run(plan);
    int forks = wholeLines().size();
    Path journal = folder.resolve("forks.jsonl");
    Files.writeString(journal, "{\"cell\":\"unru", StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("forks/unruly-p0.0-fp32-b1-t1-1.json"), "[ {");

    SweepOutcome outcome = SmallSweep.run(plan);

    assertEquals(forks - 1, outcome.forksResumed());
    assertEquals(Map.of(grid.cells().get(0), 2), outcome.latencyForks());
    assertOneEntryPerCellWithTwoForks();
    assertFalse(Files.exists(folder.resolve("forks/unruly-p0.0-fp32-b1-t1-1.json")));
  }

  @Test
  void refusesOtherConditionsAndNamesThem() throws Exception {
    Grid grid = SmallSweep.grid(List.of(0.0), List.of(Precision.FP32), List.of(1));
    SweepPlan plan = SmallSweep.plan(folder, grid, Effort.fixed(1, 0), Duration.ofMinutes(1));
    TreeMap<String, String> facts = new TreeMap<>();
    facts.put("variant a", "00ff");
    facts.put("JDK version", "17.0.1");
    facts.put("option seed", "1");
    SmallSweep.run(plan, any -> new Conditions(facts));
    TreeMap<String, String> others = new TreeMap<>(facts);
    others.put("JDK version", "17.0.2");
    others.remove("variant a");

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> SmallSweep.run(plan, any -> new Conditions(others)));

    assertEquals(
        """
        %s: the forks there were measured under other conditions:
          JDK version was 17.0.1, is 17.0.2
          variant a was 00ff, is not there
        use --restart to remove them and measure anew, or start a new run\
        """
            .formatted(folder),
        refused.getMessage());
    SweepPlan restart =
        SmallSweep.plan(folder, grid, Effort.fixed(1, 0), Duration.ofMinutes(1), SweepFlag.RESTART);
    assertEquals(0, SmallSweep.run(restart, any -> new Conditions(others)).forksResumed());
    assertEquals(others, Conditions.read(folder.resolve("sweep.json")).facts());
  }

  @Test
  void repeatsADisturbedForkAndMarksTheFirst() throws Exception {
    Grid grid = SmallSweep.grid(List.of(0.0), List.of(Precision.FP32), List.of(1));
    SweepPlan plan = SmallSweep.plan(folder, grid, Effort.fixed(1, 0), Duration.ofMinutes(1));
    SmallSweep.run(plan);
    JsonObject line = wholeLines().get(0);
    line.addProperty("disturbed", "a compiler ran");
    line.addProperty("score", 1e-9); // so that no repeat can be better: it counts all the same
    Files.writeString(folder.resolve("forks.jsonl"), line + "\n");

    SweepOutcome outcome = SmallSweep.run(plan);

    List<JsonObject> lines = wholeLines();
    assertEquals(2, lines.size());
    assertEquals(2, lines.get(1).get("fork").getAsInt());
    boolean repeatDisturbed = lines.get(1).has("disturbed");
    assertEquals(repeatDisturbed, lines.get(0).get("used").getAsBoolean());
    assertEquals(!repeatDisturbed, lines.get(1).get("used").getAsBoolean());
    assertEquals(repeatDisturbed ? 2 : 1, outcome.disturbedForks());
    assertEquals(1, results().getAsJsonArray().get(0).getAsJsonObject().get("forks").getAsInt());
  }

  @Test
  void runsNothingWhenEverythingIsThere() throws Exception {
    Grid grid = SmallSweep.grid(List.of(0.0), List.of(Precision.FP32), List.of(1));
    SweepPlan plan = SmallSweep.plan(folder, grid, Effort.fixed(1, 0), Duration.ofMinutes(1));
    SweepOutcome first = SmallSweep.run(plan);
    JsonElement results = results();
    Files.delete(folder.resolve("jmh.json"));

    SweepOutcome second = SmallSweep.run(plan);

    assertEquals(first.forksRun(), second.forksRun());
    assertEquals(first.forksRun(), second.forksResumed());
    assertEquals(results, results());
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + folder, // this sweep must not wait for those of other tests
            "-cp",
            System.getProperty("java.class.path"),
            SmallSweep.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.log").toFile()))
        .start();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("out.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<JsonObject> wholeLines() throws IOException {
    Path journal = folder.resolve("forks.jsonl");
    if (!Files.exists(journal)) {
      return List.of();
    }
    String text = Files.readString(journal);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static List<String> names(List<JsonObject> lines) {
    List<String> names = new ArrayList<>();
    for (JsonObject line : lines) {
      assertEquals("ok", line.get("status").getAsString(), line.toString());
      names.add(line.get("cell").getAsString() + "-" + line.get("fork").getAsInt());
    }
    return names;
  }

  private JsonElement results() throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("jmh.json")));
  }

  private void assertOneEntryPerCellWithTwoForks() throws IOException {
    List<String> cells = new ArrayList<>();
    for (JsonElement entry : results().getAsJsonArray()) {
      JsonObject result = entry.getAsJsonObject();
      assertEquals(2, result.get("forks").getAsInt());
      JsonObject metric = result.getAsJsonObject("primaryMetric");
      assertEquals(2, metric.getAsJsonArray("rawDataHistogram").size());
      cells.add(result.get("params").toString());
    }
    assertEquals(cells.size(), new HashSet<>(cells).size(), cells.toString());
  }
}
