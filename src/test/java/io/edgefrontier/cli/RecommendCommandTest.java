package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.variant.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendCommandTest {
  @TempDir private Path folder;
  private RecommendedRun run;

  @BeforeEach
  void write() throws IOException {
    run = RecommendedRun.write(folder, "net");
  }

  @Test
  void withoutLimitsItSaysWhatTheReportSaysAndWritesNothing() throws IOException {
    assertEquals(0, Execution.of("report", "--run", run.path().toString()).exitCode());
    JsonObject summary =
        JsonParser.parseString(Files.readString(run.path().resolve("summary.json")))
            .getAsJsonObject();
    String before = state();

    JsonObject advice = json();

    JsonObject cell = summary.getAsJsonObject("recommendation").getAsJsonObject("cell");
    JsonObject ship = advice.getAsJsonObject("ship");
    for (String key :
        Set.of("variant", "batch_size", "threads", "latency_ms", "accuracy", "precision")) {
      assertEquals(cell.get(key), ship.get(key), key);
    }
    assertEquals("net-p0.0-int8", ship.get("variant").getAsString());
    assertTrue(
        advice.getAsJsonArray("limits").get(0).getAsJsonObject().get("of_run").getAsBoolean());
    assertEquals(before, state());
  }

  private String state() throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.add(path + " " + Sha256.of(path) + " " + Files.getLastModifiedTime(path));
      }
    }
    return String.join("\n", files);
  }

  private JsonObject json(String... options) {
    String[] words = Stream.concat(Stream.of(options), Stream.of("--json")).toArray(String[]::new);
    Execution done = run.recommend(words);
    assertTrue(done.exitCode() == 0 || done.exitCode() == 4, done.err());
    return JsonParser.parseString(done.out()).getAsJsonObject();
  }

  private String shipped(String... options) {
    JsonObject ship = json(options).getAsJsonObject("ship");
    return ship.get("variant").getAsString() + "@" + ship.get("batch_size").getAsInt();
  }

  @Test
  void limitsAndPreferencesDecide() {
    assertEquals("net-p0.5-fp32@1", shipped("--max-latency-ms", "0.45"));
    assertEquals("net-p0.0-fp32@1", shipped("--max-memory-mb", "0.3", "--min-accuracy", "98.5%"));
    assertEquals("net-p0.5-int8@1", shipped("--max-memory-mb=0.05"));
    assertEquals("net-p0.5-int8@4", shipped("--prefer", "energy"));
    assertEquals("net-p0.5-fp32@1", shipped("--min-accuracy", "0.9", "--prefer", "latency"));
    assertEquals("net-p0.0-int8@4", shipped("--batch-size", "4", "--threads", "1"));
    assertEquals("net-p0.0-int8@4", shipped("--max-energy-j", "0.002"));
    assertEquals(
        "net-p0.0-fp32@1",
        shipped("--max-accuracy-drop", "0.2%", "--max-memory-mb", "1", "--use-ci"));
  }

  @Test
  void findsRunsByTheirNames() {
    for (String name : new String[] {"latest", "20260101", "0123", run.path().toString()}) {
      Execution done = Execution.of("recommend", name, "--output-dir", run.results().toString());
      assertEquals(0, done.exitCode(), done.err());
      assertTrue(done.out().startsWith("Ship net-p0.0-int8 at batch size 1: "), done.out());
    }
    Execution newest = Execution.of("recommend", "--output-dir", run.results().toString());
    assertTrue(newest.out().contains("Archive: " + run.path()) || newest.exitCode() == 0);
    Execution none = Execution.of("recommend", "nothing", "--output-dir", run.results().toString());
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains("'nothing' is no run"), none.err());
  }

  @Test
  void exitsWithFourWhereNothingFits() {
    Execution done = run.recommend("--max-latency-ms", "0.1", "--min-accuracy", "0.99");
    assertEquals(4, done.exitCode());
    assertTrue(
        done.out().startsWith("Nothing fits: none of 8 cells keeps all limits."), done.out());
    assertEquals("nothing_fits", json("--max-latency-ms", "0.1").get("verdict").getAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--max-latency-ms    | -5       | --max-latency-ms: expected a number > 0, found '-5'",
        "--max-latency-ms    | 0        | expected a number > 0, found '0'",
        "--max-latency-ms    | NaN      | expected a number > 0, found 'NaN'",
        "--max-memory-mb     | Infinity | expected a number > 0, found 'Infinity'",
        "--max-memory-mb     | 1e999    | expected a number > 0, found '1e999'",
        "--max-energy-j      | 2mJ      | expected a number > 0, found '2mJ'",
        "--max-energy-j      | 0x10     | expected a number > 0, found '0x10'",
        "--min-accuracy      | 99       | found '99'; did you mean 99%?",
        "--min-accuracy      | 101%     | such as 0.98, or 98%, found '101%'",
        "--min-accuracy      | %        | found '%'",
        "--max-accuracy-drop | 1        | (nothing)",
        "--max-accuracy-drop | -0.01    | --max-accuracy-drop: expected a share in [0, 1]",
        "--prefer            | speed    | --prefer: expected accuracy, latency, memory or energy",
        "--batch-size        | 8        | --batch-size 8: no such cells in the run; it has 1, 4",
        "--threads           | 2        | --threads 2: no such cells in the run; it has 1",
        "--threads           | x        | Invalid value for option '--threads'",
        "--max-latency       | 1        | Unknown option",
      })
  void badOptionsAreErrors(String option, String value, String expected) {
    Execution done = run.recommend(option, value);
    if (expected.equals("(nothing)")) {
      assertEquals(0, done.exitCode(), "100 % is a bound that everything keeps");
      return;
    }
    assertEquals(2, done.exitCode(), done.out());
    assertTrue(done.err().contains(expected), done.err());
  }

  @Test
  void aPercentageIsReadDecimally() {
    assertEquals(
        0.011,
        json("--max-accuracy-drop", "1.1%")
            .getAsJsonArray("limits")
            .get(1)
            .getAsJsonObject()
            .get("bound")
            .getAsDouble());
  }

  @Test
  void holdsTheArchiveAgainstTheManifest() throws IOException {
    assertEquals("verified", archive().get("state").getAsString());
    Path file = run.path().resolve("variants/1.pt");
    assertEquals(file.toString(), archive().get("path").getAsString());
    assertEquals(Sha256.of(file), archive().get("sha256").getAsString());
    assertEquals("[1,1,8,8]", archive().get("input_shape").toString());

    Files.writeString(file, "more", StandardOpenOption.APPEND);
    assertEquals("changed", archive().get("state").getAsString());
    assertTrue(run.recommend().err().contains("not the one that was measured"));

    Files.delete(file);
    assertEquals("missing", archive().get("state").getAsString());
    assertTrue(run.recommend().out().contains("The file is not there"));
  }

  private JsonObject archive() {
    return json().getAsJsonObject("archive");
  }

  @Test
  void opensNothingOutsideTheRun() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    Path manifest = run.path().resolve("variants.csv");
    Files.writeString(
        manifest, Files.readString(manifest).replace("variants/1.pt", "../../../../secret"));
    assertTrue(Files.exists(run.path().resolve("../../../../secret")), secret::toString);
    assertEquals("missing", archive().get("state").getAsString());
  }

  @Test
  void hostileNamesStayNames() throws IOException {
    run = RecommendedRun.write(folder.resolve("hostile"), "\u001b[2J\"; <b>|`x`\u202Eé");
    Execution done = run.recommend();
    assertEquals(0, done.exitCode(), done.err());
    assertTrue(done.out().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)), done.out());
    assertEquals(
        "\u001b[2J\"; <b>|`x`\u202Eé", json().getAsJsonObject("ship").get("model").getAsString());
  }

  @Test
  void aLimitOnWhatWasNotMeasuredIsAnError() throws IOException {
    run.change(RecommendedRun::withoutComparison);
    Execution done = run.recommend("--max-accuracy-drop", "0.01");
    assertEquals(2, done.exitCode());
    assertEquals(
        "error: --max-accuracy-drop: no cell of the run has a figure for accuracy drop\n",
        done.err());
    assertEquals(0, run.recommend("--min-accuracy", "0.9").exitCode());
  }

  @Test
  void withoutAccuracyItTakesAPreference() throws IOException {
    run.change(row -> RecommendedRun.with(row, Accuracy.ABSENT));
    Execution done = run.recommend();
    assertEquals(0, done.exitCode(), done.err());
    assertTrue(done.out().startsWith("6 fit of 8 cells, but none is recommended"), done.out());
    assertTrue(
        done.out().replaceAll("\\s+", " ").contains("The fastest is net-p0.5-int8 at batch size 1"),
        done.out());
    assertEquals("net-p0.5-int8@1", shipped("--prefer", "memory"));
    assertEquals("[]", json("--prefer", "memory").getAsJsonArray("margins").toString());
    assertTrue(run.recommend("--prefer=latency").out().contains("its accuracy was not measured"));
    assertEquals(2, run.recommend("--min-accuracy", "0.9").exitCode());
  }

  @Test
  void aFolderWithoutResultsIsAnError() {
    Execution done = Execution.of("recommend", folder.toString());
    assertEquals(2, done.exitCode());
    assertTrue(done.err().contains("needs a run that 'merge' has been through"), done.err());
  }

  @Test
  void teachesByExample() {
    Execution help = Execution.of("recommend", "--help");
    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("java -jar benchmarks.jar recommend latest --max-latency-ms"));
    assertFalse(help.out().contains("%%"), help.out());
  }
}
