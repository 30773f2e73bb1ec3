package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest {
  /** Two runs of this repository: with fine-tuning after pruning, and without. */
  private static final String TUNED = "results/runs/fe767307/20261122T193622Z-bf483b41";

  private static final String PLAIN = "results/runs/fe767307/20261122T222719Z-305b5a06";

  @TempDir private Path folder;

  @Test
  void comparesTwoRunsOfThisRepositoryAndWritesEveryFormat() throws IOException {
    Path markdown = folder.resolve("a.md");
    Path json = folder.resolve("a.json");
    Path junit = folder.resolve("deep/a.xml");

    Execution done =
        Execution.of(
            "compare",
            TUNED,
            "20261122T2227",
            "--markdown",
            markdown.toString(),
            "--json",
            json.toString(),
            "--junit",
            junit.toString());

    assertEquals(5, done.exitCode(), done.err());
    assertTrue(done.out().contains("accuracy: 12 regressed, 4 unchanged"), done.out());
    assertTrue(done.out().contains("REGRESSED       accuracy       98.05 -> 10.86 %"), done.out());
    assertTrue(Files.readString(markdown).startsWith("### Benchmarks against " + TUNED));
    assertTrue(Files.readString(junit).contains("<failure type=\"regressed\""));
    JsonObject counts =
        JsonParser.parseString(Files.readString(json)).getAsJsonObject().getAsJsonObject("counts");
    assertTrue(counts.get("regressed").getAsInt() >= 12, counts.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'--metric parameters', 0",
    "'--metric parameters,macs --strict', 0",
    "'--metric latency', 0", // not comparable: other conditions
    "'--metric latency --strict', 6",
    "'--metric accuracy', 5",
    "'--metric accuracy --strict', 5",
    "'--metric speed', 2",
    "'--delta latency', 2",
    "'--delta macs=5%', 2",
    "'--may-differ weather', 2",
  })
  void exitsAsTheVerdictsSay(String options, int exitCode) {
    String[] words = ("compare " + TUNED + " " + PLAIN + " " + options).split(" ", -1);
    Execution done = Execution.of(words);
    assertEquals(exitCode, done.exitCode(), done.out() + done.err());
  }

  @Test
  void findsARunUnchangedAgainstItself() {
    Execution done = Execution.of("compare", PLAIN, PLAIN, "--metric", "archive_bytes", "--strict");
    assertEquals(0, done.exitCode(), done.out());
  }

  @Test
  void findsThatAllTimesDoubled() throws IOException {
    Path slow = scaled("slow.json", 2);
    Path same = scaled("same.json", 1);

    Execution slower = Execution.of("compare", same.toString(), slow.toString());
    assertEquals(5, slower.exitCode(), slower.out());
    assertTrue(slower.out().startsWith("baseline   same.json"), slower.out());
    assertTrue(slower.out().contains("operation_time: 1 regressed"), slower.out());
    Execution faster = Execution.of("compare", slow.toString(), same.toString(), "--strict");
    assertEquals(0, faster.exitCode(), faster.out());
    assertTrue(faster.out().contains("operation_time: 1 improved"), faster.out());
    Execution tolerant =
        Execution.of("compare", same.toString(), slow.toString(), "--delta", "operation_time=150%");
    assertEquals(0, tolerant.exitCode(), tolerant.out());
  }

  /** Writes a JMH file of another project: ten forks around 1 ms, times a factor. */
  private Path scaled(String name, double factor) throws IOException {
    JsonArray forks = new JsonArray();
    for (int i = 0; i < 10; i++) {
      JsonArray fork = new JsonArray();
      fork.add(new JsonPrimitive(factor * (1 + 0.001 * i)));
      forks.add(fork);
    }
    String entry =
        """
        [{"jmhVersion": "1.37", "benchmark": "org.example.B.run", "mode": "avgt", "threads": 1,
          "forks": 10, "jdkVersion": "17", "warmupIterations": 1, "warmupTime": "1 s",
          "warmupBatchSize": 1, "measurementIterations": 1, "measurementTime": "1 s",
          "measurementBatchSize": 1, "primaryMetric": {"score": 1.0, "scoreError": 0.1,
          "scoreUnit": "ms/op", "rawData": FORKS}, "secondaryMetrics": {}}]
        """;
    return Files.writeString(folder.resolve(name), entry.replace("FORKS", forks.toString()));
  }

  @Test
  void saysWhatToDoWithAJarAndWithARunThatIsNone() {
    Execution jar = Execution.of("compare", "old/benchmarks.jar", PLAIN);
    assertEquals(2, jar.exitCode());
    assertTrue(jar.err().contains("old/benchmarks.jar: a jar has no figures yet"), jar.err());
    Execution none = Execution.of("compare", "nonsense", PLAIN);
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains("'nonsense' is no run"), none.err());
    assertEquals(2, Execution.of("compare", PLAIN).exitCode());
  }

  @Test
  void showsExamples() {
    for (String command : new String[] {"compare", "export"}) {
      Execution help = Execution.of(command, "--help");
      assertEquals(0, help.exitCode());
      assertTrue(help.out().contains("java -jar benchmarks.jar " + command), help.out());
    }
  }

  @Test
  void exportsARunAndJmhsFileByteForByte() throws IOException {
    Path gab = folder.resolve("gab.json");
    Path bencher = folder.resolve("bencher.json");
    Path jmh = folder.resolve("jmh.json");

    Execution done =
        Execution.of(
            "export",
            PLAIN,
            "--gab",
            gab.toString(),
            "--bencher",
            bencher.toString(),
            "--jmh",
            jmh.toString());

    assertEquals(0, done.exitCode(), done.err());
    assertArrayEquals(Files.readAllBytes(Path.of(PLAIN, "jmh.json")), Files.readAllBytes(jmh));
    assertTrue(JsonParser.parseString(Files.readString(gab)).getAsJsonArray().size() > 16);
    String cell =
        "InferenceBenchmark.forward batchSize=1 model=resnet8 precision=fp32 pruningLevel=0";
    JsonObject latency =
        JsonParser.parseString(Files.readString(bencher))
            .getAsJsonObject()
            .getAsJsonObject(cell)
            .getAsJsonObject("latency");
    assertEquals(1.052e6, latency.get("value").getAsDouble(), 0.001e6, "1.052 ms in its table");
    assertEquals(2, Execution.of("export", PLAIN).exitCode(), "nothing to write");
  }
}
