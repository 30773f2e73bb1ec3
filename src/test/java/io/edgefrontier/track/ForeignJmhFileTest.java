package io.edgefrontier.track;

import static io.edgefrontier.track.RunReaderTest.cell;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignJmhFileTest {
  @TempDir private Path folder;

  /** 4 and 6 units in the first fork, 8 and 8 in the second. */
  @ParameterizedTest
  @CsvSource({
    "avgt, ns/op, OPERATION_TIME, 0.000005, 0.000008",
    "avgt, us/op, OPERATION_TIME, 0.005, 0.008",
    "ss, ms/op, OPERATION_TIME, 5, 8",
    "avgt, s/op, OPERATION_TIME, 5000, 8000",
    "avgt, min/op, OPERATION_TIME, 300000, 480000",
    "thrpt, ops/ns, THROUGHPUT, 5e9, 8e9",
    "thrpt, ops/us, THROUGHPUT, 5e6, 8e6",
    "thrpt, ops/ms, THROUGHPUT, 5000, 8000",
    "thrpt, ops/s, THROUGHPUT, 5, 8",
    "thrpt, ops/min, THROUGHPUT, 0.0833333333333333, 0.133333333333333",
  })
  void averagesEachForkAndTakesTheMetricFromTheMode(
      String mode, String unit, Metric metric, double first, double second) throws IOException {
    TrackedRun run =
        read(entry("org.example.Sort.run", mode, "{\"size\": \"10\"}", unit, "[[4,6],[8,8]]"));

    TrackedCell cell = cell(run, "org.example.Sort.run " + mode + " size=10");
    assertEquals(Set.of(metric), cell.samples().keySet());
    assertArrayEquals(
        new double[] {first, second}, cell.samples().get(metric).values(), 1e-12 * second);
    assertEquals(mode.equals("thrpt"), !metric.smallerIsBetter());
    assertEquals(Map.of(), cell.exact());
    assertEquals(Answers.NONE, cell.answers());
  }

  @Test
  void takesMediansAndTailsOfSampledCalls() throws IOException {
    // 1000 calls: 989 of 1 us, 11 of 9 us, so that ten lie beyond the 99th percentile.
    String fork = "[[[1.0,989],[9.0,11]]]";
    TrackedRun run =
        read(
            entry("a.B.c", "sample", "{}", "us/op", "[%s,%s]".formatted(fork, fork))
                .replace("rawData\"", "rawDataHistogram\""));

    TrackedCell cell = cell(run, "a.B.c sample");
    assertArrayEquals(
        new double[] {0.001, 0.001}, cell.samples().get(Metric.OPERATION_TIME).values(), 1e-15);
    assertArrayEquals(
        new double[] {0.009, 0.009}, cell.samples().get(Metric.LATENCY_P99).values(), 1e-15);
  }

  @Test
  void hasNoTailOfTooFewCalls() throws IOException {
    TrackedRun run =
        read(
            entry("a.B.c", "sample", "{}", "us/op", "[[[[1.0,999]]],[[[1.0,5000]]]]")
                .replace("rawData\"", "rawDataHistogram\""));

    assertEquals(Set.of(Metric.OPERATION_TIME), run.cells().get(0).samples().keySet());
  }

  @Test
  void keepsAllParametersAndComparesNumbersAsNumbers() throws IOException {
    assertEquals(
        "a.B.c avgt empty=\"\" level=0.5 name=\"x y=\\\"z\\\"\" size=1000 zero=0",
        read(entry(
                "a.B.c",
                "avgt",
                "{\"size\": \"1e3\", \"level\": \"0.50\", \"name\": \"x y=\\\"z\\\"\","
                    + " \"empty\": \"\", \"zero\": \"-0.0\"}",
                "ns/op",
                "[[1]]"))
            .cells()
            .get(0)
            .key());
  }

  @Test
  void tellsVersionsApartThatAreEqualNumbers() throws IOException {
    TrackedRun run =
        read(
            entry("a.B.c", "avgt", "{\"tls\": \"1.1\"}", "ns/op", "[[1]]"),
            entry("a.B.c", "avgt", "{\"tls\": \"1.10\"}", "ns/op", "[[2]]"));

    assertEquals(
        List.of("a.B.c avgt tls=1.1", "a.B.c avgt tls=1.10"),
        run.cells().stream().map(TrackedCell::key).toList());
  }

  @Test
  void refusesTheSameCellTwice() {
    String entry = entry("a.B.c", "avgt", "{\"n\": \"1\"}", "ns/op", "[[1]]");
    IOException thrown = assertThrows(IOException.class, () -> read(entry, entry));
    assertTrue(
        thrown.getMessage().contains("repeats an earlier entry of 'a.B.c avgt n=1'"),
        thrown.getMessage());
  }

  @Test
  void namesHowJmhRan() throws IOException {
    TrackedRun run =
        read(
            entry("a.B.c", "avgt", "{}", "ns/op", "[[1]]")
                .replace("[\"-Xmx1g\"]", "[\"-Djmh.blackhole.mode=COMPILER\"]"));

    assertEquals(
        Map.of(
            "blackhole", "mode=COMPILER",
            "callers", "4",
            "jdk", "OpenJDK 64-Bit Server VM 21.0.2+13-LTS",
            "jmh", "1.37 avgt, warm-up 5 x 10 s, measurement 3 x 1 s of 7 calls"),
        run.cells().get(0).conditions());
  }

  @ParameterizedTest
  @CsvSource({
    "avgt, B/op, '[[1]]', score unit 'B/op' is neither a time nor a rate",
    "tput, ns/op, '[[1]]', 'mode ''tput'', expected thrpt, avgt, sample or ss'",
    "avgt, ns/op, '[[0],[1]]', 'operation_time: found 0.0, expected a number above 0'",
    "avgt, ns/op, '[[-3]]', 'operation_time: found -3.0E-6, expected a number above 0'",
  })
  void failsACellThatCannotBeCompared(String mode, String unit, String raw, String reason)
      throws IOException {
    TrackedRun run =
        read(entry("a.B.c", mode, "{}", unit, raw), entry("a.B.d", "avgt", "{}", "ns/op", "[[1]]"));

    assertEquals(reason, run.cells().get(0).error());
    assertEquals(Map.of(), run.cells().get(0).samples());
    assertEquals("", run.cells().get(1).error(), "the rest is read");
  }

  @Test
  void passesOverScoresThatAreNoNumbers() throws IOException {
    Sample sample =
        read(entry("a.B.c", "avgt", "{}", "ms/op", "[[\"NaN\"],[3,\"NaN\"],[\"+INF\",5]]"))
            .cells()
            .get(0)
            .samples()
            .get(Metric.OPERATION_TIME);
    assertArrayEquals(new double[] {3, 5}, sample.values());
  }

  @Test
  void letsTheScoreStandForOneForkWithoutRawData() throws IOException {
    Sample sample =
        read(entry("a.B.c", "thrpt", "{}", "ops/s", "[]"))
            .cells()
            .get(0)
            .samples()
            .get(Metric.THROUGHPUT);
    assertArrayEquals(new double[] {5}, sample.values(), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "1e999, beyond the range",
    "nine, expected",
    "'\"many\"', expected a number",
  })
  void refusesNumbersThatAreNone(String number, String reason) {
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> read(entry("a.B.c", "avgt", "{}", "ns/op", "[[" + number + "]]")));
    assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("entry 0"), thrown.getMessage());
  }

  @Test
  void boundsNamesAndKeepsControlCharactersOut() throws IOException {
    String wild = "a.B\\u001b[31m\\n.c";
    assertEquals(
        "a.B\uFFFD[31m\uFFFD.c avgt",
        read(entry(wild, "avgt", "{}", "ns/op", "[[1]]")).cells().get(0).key());
    String huge = "{\"n\": \"" + "x".repeat(3000) + "\"}";
    IOException thrown =
        assertThrows(IOException.class, () -> read(entry("a.B.c", "avgt", huge, "ns/op", "[[1]]")));
    assertTrue(thrown.getMessage().contains("at most 2000"), thrown.getMessage());
    String giant = "{\"n\": \"1e999999999\"}";
    assertEquals(
        "a.B.c avgt n=1e999999999",
        read(entry("a.B.c", "avgt", giant, "ns/op", "[[1]]")).cells().get(0).key());
  }

  private TrackedRun read(String... entries) throws IOException {
    Path file = folder.resolve("theirs.json");
    Files.writeString(file, "[" + String.join(",", entries) + "]");
    return RunReader.read(file);
  }

  /** An entry as JMH 1.37 writes it, with a score of 5. */
  static String entry(String benchmark, String mode, String params, String unit, String rawData) {
    return """
        {
          "jmhVersion" : "1.37",
          "benchmark" : "%s",
          "mode" : "%s",
          "threads" : 4,
          "forks" : 2,
          "jvm" : "/opt/jdk/bin/java",
          "jvmArgs" : ["-Xmx1g"],
          "jdkVersion" : "21.0.2",
          "vmName" : "OpenJDK 64-Bit Server VM",
          "vmVersion" : "21.0.2+13-LTS",
          "warmupIterations" : 5,
          "warmupTime" : "10 s",
          "warmupBatchSize" : 1,
          "measurementIterations" : 3,
          "measurementTime" : "1 s",
          "measurementBatchSize" : 7,
          "params" : %s,
          "primaryMetric" : {
            "score" : 5.0,
            "scoreError" : "NaN",
            "scoreConfidence" : ["NaN", "NaN"],
            "scorePercentiles" : {"50.0" : 5.0},
            "scoreUnit" : "%s",
            "rawData" : %s
          },
          "secondaryMetrics" : {
            "gc.alloc.rate.norm" : {
              "score" : 24.0,
              "scoreError" : "NaN",
              "scoreConfidence" : ["NaN", "NaN"],
              "scorePercentiles" : {"50.0" : 24.0},
              "scoreUnit" : "B/op",
              "rawData" : [[24.0], [24.0]]
            }
          }
        }
        """
        .formatted(benchmark, mode, params, unit, rawData);
  }
}
