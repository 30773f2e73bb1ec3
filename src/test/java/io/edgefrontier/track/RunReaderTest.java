package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.result.SweepTable;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReaderTest {
  /** A run of this repository, whose forks had the reference beside them. */
  static final Path PAIRED = Path.of("results/runs/fe767307/20261122T222719Z-305b5a06");

  /** An older one without reference. */
  static final Path UNPAIRED = Path.of("results/runs/fe767307/20261122T193622Z-bf483b41");

  @TempDir private Path folder;

  @Test
  void readsWhatTheMergeMadeOfTheSameForks() throws IOException {
    TrackedRun run = RunReader.read(PAIRED);

    assertEquals("20261122T222719Z-305b5a06", run.name());
    assertEquals("fe767307", run.machineId());
    assertEquals(Instant.parse("2026-11-22T22:27:19Z"), run.time());
    assertEquals("305b5a064b77d8e0175ba386f107aa9b1ebe748c", run.commit());
    List<SweepRow> rows = SweepTable.read(PAIRED.resolve("sweep_results.csv")).rows();
    assertEquals(rows.size() + 1, run.cells().size(), "and the reference");
    for (SweepRow row : rows) {
      TrackedCell cell = cell(run, key(row.cell().variant()));
      Sample latency = cell.samples().get(Metric.LATENCY);
      assertEquals(row.evidence().forks(), latency.forks());
      assertEquals(row.latency().reference().ratio(), median(latency.ratios()), 1e-12);
      assertEquals(row.latency().rawMs(), median(latency.values()), 1e-12);
      assertEquals(row.latency().medianMs(), latency.typical(), 1e-12);
      assertEquals(
          row.startup().coldStartMs(), cell.samples().get(Metric.COLD_START).typical(), 1e-12);
      assertEquals(
          row.memory().resident().peakMb(), cell.samples().get(Metric.PEAK_RSS).typical(), 1e-12);
      assertEquals(row.archive().orElseThrow().bytes(), cell.exact().get(Metric.ARCHIVE_BYTES));
      assertEquals(row.archive().orElseThrow().parameters(), cell.exact().get(Metric.PARAMETERS));
      assertEquals(row.archive().orElseThrow().macs().orElseThrow(), cell.exact().get(Metric.MACS));
      assertEquals(row.archive().orElseThrow().sha256(), cell.conditions().get("archive"));
      assertEquals("", cell.error());
    }
  }

  /** The sweep reduced each fork as it ended, by JMH's statistics. */
  @Test
  void readsTheRatiosThatTheJournalHasOfTheForksInUse() throws IOException {
    Map<String, Integer> used = new HashMap<>();
    TrackedRun run = RunReader.read(PAIRED);
    for (String line : Files.readAllLines(PAIRED.resolve("forks.jsonl"))) {
      JsonObject fork = JsonParser.parseString(line).getAsJsonObject();
      if (fork.get("used").getAsBoolean() && fork.get("kind").getAsString().equals("latency")) {
        String name = fork.get("cell").getAsString();
        double[] ratios = latency(run, name).ratios();
        int number = used.merge(name, 1, Integer::sum) - 1;
        double ratio = fork.get("latency_ratio").getAsDouble();
        assertEquals(ratio, nearest(ratios, ratio), 0.005 * ratio, name + " " + number);
      }
    }
    assertEquals(16, used.size());
    used.forEach((name, forks) -> assertEquals(forks, latency(run, name).forks(), name));
  }

  private static Sample latency(TrackedRun run, String journalName) {
    String[] parts = journalName.replaceAll("-b1-t1$", "").split("-", -1);
    String level = parts[1].substring(1).replaceAll("\\.0$", "");
    return cell(
            run,
            "InferenceBenchmark.forward batchSize=1 model=%s precision=%s pruningLevel=%s"
                .formatted(parts[0], parts[2], level))
        .samples()
        .get(Metric.LATENCY);
  }

  @Test
  void knowsWhichSamplesEachVariantGotRight() throws IOException {
    TrackedRun run = RunReader.read(PAIRED);
    Set<String> fingerprints = new HashSet<>();
    for (AccuracyRow row : AccuracyRow.TABLE.read(PAIRED.resolve("accuracy.csv"))) {
      Answers answers = cell(run, key(row.variant())).answers();
      assertEquals(row.correct(), answers.right());
      assertEquals(row.samples(), answers.samples());
      fingerprints.add(answers.fingerprint());
    }
    assertEquals(1, fingerprints.size());
  }

  @Test
  void putsTheReferenceIntoACellOfItsOwn() throws IOException {
    TrackedRun run = RunReader.read(PAIRED);
    TrackedCell reference = cell(run, "reference");
    double expected =
        SweepTable.read(PAIRED.resolve("sweep_results.csv"))
            .rows()
            .get(0)
            .latency()
            .reference()
            .referenceMs();

    assertEquals(Set.of(Metric.REFERENCE), reference.samples().keySet());
    assertEquals(expected, reference.samples().get(Metric.REFERENCE).typical(), 1e-12);
    int forks =
        run.cells().stream()
            .filter(cell -> !cell.key().equals(reference.key()))
            .mapToInt(cell -> cell.samples().get(Metric.LATENCY).forks())
            .sum();
    assertEquals(forks, reference.samples().get(Metric.REFERENCE).forks());
  }

  @Test
  void namesWhatHasToBeEqual() throws IOException {
    TrackedCell cell = RunReader.read(PAIRED).cells().get(0);

    assertEquals(
        Map.ofEntries(
            Map.entry("affinity", "none"),
            Map.entry(
                "archive", "1564a98b0d8fe321320fcaa7cd954a478c931c9d4f74dba85ad8b23987c0f5d8"),
            Map.entry("blackhole", "auto"),
            Map.entry("callers", "1"),
            Map.entry("djl", "0.35.1"),
            Map.entry("jdk", "OpenJDK 64-Bit Server VM 17.0.15+6-Debian-1deb12u1"),
            Map.entry("jdk_vendor", "Debian"),
            Map.entry("jmh", "1.37 sample, warm-up 1 x 500 ms, measurement 40 x 10 ms"),
            Map.entry("jmh_cold_start", "1.37 ss, warm-up 0, measurement 1 x single-shot"),
            Map.entry("libtorch", "2.7.1"),
            Map.entry("nice", "0"),
            Map.entry("threads", "1")),
        cell.conditions());
  }

  @Test
  void takesTheForksOwnMediansWithoutAReference() throws IOException {
    TrackedRun run = RunReader.read(UNPAIRED);

    List<SweepRow> rows = SweepTable.read(UNPAIRED.resolve("sweep_results.csv")).rows();
    assertEquals(rows.size(), run.cells().size());
    for (SweepRow row : rows) {
      Sample latency = cell(run, key(row.cell().variant())).samples().get(Metric.LATENCY);
      assertTrue(!latency.isPaired());
      assertEquals(row.latency().rawMs(), latency.typical(), 1e-12);
    }
  }

  @Test
  void readsTheSameOfTheFileAlone() throws IOException {
    Path alone = folder.resolve("alone.json");
    Files.copy(PAIRED.resolve("jmh.json"), alone);

    TrackedRun run = RunReader.read(alone);

    assertEquals("", run.machineId());
    assertEquals("", run.commit());
    TrackedCell first = run.cells().get(0);
    assertEquals(
        "InferenceBenchmark.forward batchSize=1 precision=fp32 pruningLevel=0", first.key());
    TrackedCell same = RunReader.read(PAIRED.resolve("jmh.json")).cells().get(0);
    assertEquals(same.samples(), first.samples());
    assertEquals(null, first.conditions().get("djl"));
  }

  @Test
  void tellsWhyACellHasNoFigures() throws IOException {
    for (String file : List.of("jmh.json", "environment.json", "predictions.csv")) {
      Files.copy(PAIRED.resolve(file), folder.resolve(file));
    }
    List<String> lines = Files.readAllLines(PAIRED.resolve("variants.csv"));
    List<String> broken =
        List.of(lines.get(0), lines.get(1), "resnet8,0.9,int8,,,,,,,,,no inner layer");
    Files.write(folder.resolve("variants.csv"), broken);
    Files.writeString(
        folder.resolve("bench_errors.csv"),
        "model,pruning_level,precision,batch_size,threads,error\nresnet8,0.1,int8,1,1,fork crashed\n");

    TrackedRun run = RunReader.read(folder);

    String prefix =
        "InferenceBenchmark.forward batchSize=1 model=resnet8 precision=int8 pruningLevel=";
    assertEquals("no inner layer", cell(run, prefix + "0.9").error());
    assertEquals("fork crashed", cell(run, prefix + "0.1").error());
    assertEquals(Map.of(), cell(run, prefix + "0.1").samples());
  }

  @Test
  void saysWhatIsMissing() {
    IOException empty = assertThrows(IOException.class, () -> RunReader.read(folder));
    assertTrue(empty.getMessage().contains("jmh.json: no such file"), empty.getMessage());
    IOException absent =
        assertThrows(IOException.class, () -> RunReader.read(folder.resolve("absent")));
    assertTrue(absent.getMessage().contains("expected a run's folder or a JMH file"));
  }

  private static double nearest(double[] values, double wanted) {
    double best = values[0];
    for (double value : values) {
      best = Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best;
    }
    return best;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static String key(Variant variant) {
    String level = String.valueOf(variant.pruningLevel()).replaceAll("\\.0$", "");
    return "InferenceBenchmark.forward batchSize=1 model=%s precision=%s pruningLevel=%s"
        .formatted(variant.model(), variant.precision().label(), level);
  }

  static TrackedCell cell(TrackedRun run, String key) {
    return run.cells().stream().filter(cell -> cell.key().equals(key)).findFirst().orElseThrow();
  }
}
