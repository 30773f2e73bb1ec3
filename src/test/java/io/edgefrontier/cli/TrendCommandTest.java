package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.TrendRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrendCommandTest {
  @TempDir private Path folder;

  /** 24 runs of a foreign benchmark that takes 3 ns, and from the 13th on 4 ns. */
  private void importRuns() throws IOException {
    for (int day = 1; day <= 24; day++) {
      double time = (day <= 12 ? 3 : 4) + 0.01 * (day * 5 % 7);
      Path file = Files.writeString(folder.resolve("jmh.json"), jmh(time));
      Execution done =
          Execution.of(
              "import",
              file.toString(),
              "--machine",
              "ci",
              "--commit",
              "%02x".formatted(day).repeat(20),
              "--time",
              "2026-03-%02dT00:00:00Z".formatted(day),
              "--output-dir",
              folder.resolve("results").toString());
      assertEquals(0, done.exitCode(), done.err());
    }
  }

  private static String jmh(double time) {
    return """
    [{"jmhVersion": "1.37", "benchmark": "org.example.Sort.run", "mode": "avgt", "threads": 1,
      "forks": 1, "jvmArgs": [], "jdkVersion": "21", "vmName": "VM", "vmVersion": "21",
      "warmupIterations": 1, "warmupTime": "1 s", "warmupBatchSize": 1,
      "measurementIterations": 1, "measurementTime": "1 s", "measurementBatchSize": 1,
      "params": {"n": "1"},
      "primaryMetric": {"score": %1$s, "scoreError": "NaN", "scoreConfidence": ["NaN", "NaN"],
        "scorePercentiles": {"50.0": %1$s}, "scoreUnit": "ns/op", "rawData": [[%1$s]]},
      "secondaryMetrics": {}}]
    """
        .formatted(time);
  }

  private Execution trend(String... arguments) {
    return Execution.of(
        Stream.concat(
                Stream.of("trend", "--output-dir", folder.resolve("results").toString()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  @Test
  void findsTheChangeAndWritesIt() throws IOException {
    importRuns();
    Path csv = folder.resolve("trend.csv");
    Path svg = folder.resolve("trend.svg");

    Execution done = trend("--machine", "ci", "--csv", csv.toString(), "--svg", svg.toString());

    assertEquals(0, done.exitCode(), done.err());
    assertTrue(done.out().startsWith("org.example.Sort.run avgt n=1"), done.out());
    assertTrue(
        done.out().contains("after 0c0c0c0c, by 0d0d0d0d (2026-03-13T00:00:00Z)"), done.out());
    List<TrendRow> rows = TrendRow.TABLE.read(csv);
    assertEquals(24, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(i == 12, rows.get(i).changePoint(), rows.get(i).toString());
    }
    assertTrue(Files.readString(svg).contains("worse +32.6 %"), Files.readString(svg));
    Execution last =
        trend(folder.resolve("results/runs/ci").toString(), "--last", "5", "--cell", "Sort*n=1");
    assertEquals(0, last.exitCode(), last.err());
    assertTrue(last.out().contains("5 of the 20 points"), last.out());
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertEquals(2, trend("--machine", "none").exitCode());
    assertEquals(2, trend("--metric", "speed").exitCode());
    assertEquals(2, trend("--last", "0").exitCode());
    assertEquals(2, trend(folder.resolve("absent").toString()).exitCode());
    importRuns();
    Execution none = trend("--machine", "ci", "--cell", "absent");
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains("no figure of cells like 'absent' in 24 runs"), none.err());
  }
}
