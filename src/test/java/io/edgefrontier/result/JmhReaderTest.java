package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhReaderTest {
  @TempDir Path folder;

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("jmh.json"), json);
  }

  /** Laid out as JMH 1.37 lays it out. */
  private static final String SAMPLE_TIME =
      """
      [
          {
              "jmhVersion" : "1.37",
              "benchmark" : "io.edgefrontier.bench.InferenceBenchmark.forward",
              "mode" : "sample",
              "threads" : 1,
              "forks" : 2,
              "jvm" : "/usr/lib/jvm/bin/java",
              "jvmArgs" : [
                  "-Dai.djl.offline=true",
                  "-Dai.djl.pytorch.num_threads=2"
              ],
              "measurementTime" : "1 s",
              "params" : {
                  "batchSize" : "1",
                  "precision" : "int8",
                  "pruningLevel" : "0.50"
              },
              "primaryMetric" : {
                  "score" : 250.0,
                  "scoreError" : "NaN",
                  "scoreConfidence" : [
                      "NaN",
                      "NaN"
                  ],
                  "scorePercentiles" : {
                      "0.0" : 200.0,
                      "50.0" : 240.0,
                      "100.0" : 500.0
                  },
                  "scoreUnit" : "us/op",
                  "rawDataHistogram" : [
                      [
                          [[200.0, 3], [300.0, 1]],
                          [[200.0, 2]]
                      ],
                      [
                          [[500.0, 1]]
                      ]
                  ]
              },
              "secondaryMetrics" : {
                  "load" : {
                      "score" : 35.0,
                      "scoreError" : "NaN",
                      "scoreUnit" : "ms",
                      "rawData" : [
                          [
                              30.0,
                              "NaN"
                          ],
                          [
                              40.0
                          ]
                      ]
                  },
                  "rss.peak" : {
                      "score" : 471.5,
                      "scoreUnit" : "MiB",
                      "rawData" : [ [ 470.5, 471.5 ], [ ] ]
                  }
              }
          }
      ]
      """;

  @Test
  void readsHistogramsOfEachForkInMilliseconds() throws IOException {
    JmhResult result = JmhReader.read(write(SAMPLE_TIME)).get(0);
    assertEquals("sample", result.mode());
    assertEquals(2, result.forks());
    assertEquals("-Dai.djl.pytorch.num_threads=2", result.jvmArgs().get(1));
    assertEquals(
        Map.of("batchSize", "1", "precision", "int8", "pruningLevel", "0.50"), result.params());
    assertEquals(
        new JmhMetric(
            0.25,
            0.24,
            "us/op",
            List.of(Histogram.of(new double[] {0.2, 0.3}, new long[] {5, 1}), Histogram.of(0.5)),
            List.of(
                List.of(
                    Histogram.of(new double[] {0.2, 0.3}, new long[] {3, 1}),
                    Histogram.of(new double[] {0.2}, new long[] {2})),
                List.of(Histogram.of(0.5)))),
        result.primary());
  }

  @Test
  void readsSecondaryMetricsAndLeavesOutWhatIsNaN() throws IOException {
    JmhResult result = JmhReader.read(write(SAMPLE_TIME)).get(0);
    assertEquals(List.of(Histogram.of(30), Histogram.of(40)), result.secondary("load").forks());
    assertEquals(List.of(Histogram.of(470.5, 471.5)), result.secondary("rss.peak").forks());
    assertEquals(JmhMetric.ABSENT, result.secondary("energy"));
    List<Histogram> withNaN = result.secondary("load").iterations(0);
    assertEquals(List.of(Histogram.of(30), Histogram.of()), withNaN, "its place is kept");
    List<Histogram> ofOneFork = result.secondary("rss.peak").iterations(0);
    assertEquals(List.of(Histogram.of(470.5), Histogram.of(471.5)), ofOneFork);
  }

  private static String entry(String metric) {
    return "[{\"benchmark\":\"b\",\"mode\":\"avgt\",\"primaryMetric\":" + metric + "}]";
  }

  @ParameterizedTest
  @CsvSource({
    "ns/op, 2.5e6, 2.5", "us/op, 2500, 2.5", "ms/op, 2.5, 2.5", "s/op, 0.0025, 2.5",
    "min/op, 0.5, 30000", "ops/s, 400, 2.5", "ops/ms, 0.4, 2.5", "ops/us, 0.0004, 2.5",
    "MiB, 2.5, 2.5"
  })
  void convertsEveryTimeUnit(String unit, double score, double expected) throws IOException {
    JmhMetric metric =
        JmhReader.read(
                write(
                    entry(
                        "{\"rawData\":[[%s]],\"score\":%s,\"scoreUnit\":\"%s\"}"
                            .formatted(score, score, unit))))
            .get(0)
            .primary();
    assertEquals(expected, metric.score(), 1e-12 * expected);
    assertEquals(expected, metric.forks().get(0).value(0), 1e-12 * expected);
  }

  private String messageOfReading(String json) throws IOException {
    Path file = write(json);
    return assertThrows(IOException.class, () -> JmhReader.read(file))
        .getMessage()
        .replace(file.toString(), "jmh.json");
  }

  @Test
  void errorsNameTheEntryAndThePlaceInIt() throws IOException {
    assertEquals(
        "jmh.json: entry 0 (at $[0].primaryMetric.score): found 'fast', expected a number;"
            + " expected the JSON that JMH writes with -rf json",
        messageOfReading(entry("{\"score\":\"fast\"}")));
    assertEquals(
        "jmh.json: entry 0 (at $[1]): benchmark, mode or primaryMetric is missing;"
            + " expected the JSON that JMH writes with -rf json",
        messageOfReading("[{}]"));
    assertEquals(
        "jmh.json: entry 0 (at $): found '{', expected '[';"
            + " expected the JSON that JMH writes with -rf json",
        messageOfReading("{}"));
    assertTrue(messageOfReading(entry("{\"rawData\":[[[[1,0]]]]}")).contains("found count 0"));
  }

  @Test
  void everyTruncationIsAnErrorThatNamesTheFile() throws IOException {
    String whole = SAMPLE_TIME.strip();
    for (int length = 0; length < whole.length(); length += 7) {
      assertTrue(messageOfReading(whole.substring(0, length)).startsWith("jmh.json: entry 0"));
    }
  }
}
