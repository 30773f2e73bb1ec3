package io.edgefrontier.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Set<Metric> ALL = EnumSet.allOf(Metric.class);

  private static TrackedRun run(int day, TrackedCell... cells) {
    Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(day * 86_400L);
    return new TrackedRun(
        "run%03d".formatted(day), "m", time, "c%03d".formatted(day), List.of(cells));
  }

  private static TrackedCell cell(String key, String jdk, Map<Metric, Sample> samples) {
    return new TrackedCell(key, Map.of("jdk", jdk), samples, Map.of(), Answers.NONE, "");
  }

  private static TrackedCell failed(String key) {
    return new TrackedCell(key, Map.of(), Map.of(), Map.of(), Answers.NONE, "out of memory");
  }

  private static Sample raw(double value, int day) {
    double noise = 1 + 0.002 * new Random(day).nextGaussian();
    return Sample.of(value * noise * 0.99, value * noise, value * noise * 1.01);
  }

  private static List<Trend> history(List<TrackedRun> runs) {
    return History.of(runs, ALL, key -> true);
  }

  @Test
  void findsAChangeWhateverTheOrderAndNamesTheCommitsThatWereSkipped() {
    List<TrackedRun> runs = new ArrayList<>();
    for (int day = 0; day < 30; day++) {
      runs.add(
          day == 15 || day == 16
              ? run(day, failed("b"), cell("a", "17", Map.of(Metric.LATENCY, raw(1, day))))
              : run(
                  day,
                  cell("b", "17", Map.of(Metric.LATENCY, raw(day < 15 ? 1 : 1.1, day))),
                  cell("a", "17", Map.of(Metric.LATENCY, raw(1, day)))));
    }
    Collections.shuffle(runs, new Random(1));

    List<Trend> trends = history(runs);

    assertEquals(List.of("b", "a"), trends.stream().map(Trend::key).toList());
    Trend trend = trends.get(0);
    assertEquals(1, trend.changes().size());
    TrendChange change = trend.changes().get(0);
    assertEquals("c014", change.before().commit());
    assertEquals("c017", change.after().commit());
    assertEquals(List.of("c015", "c016"), change.skipped());
    assertEquals(0.1, change.relative(), 0.01);
    assertTrue(change.isWorse());
    assertEquals(List.of("run015", "run016"), trend.gaps());
    assertEquals(1, trend.firstLevel(), 0.005);
    assertEquals(1.1, trend.lastLevel(), 0.005);
    assertTrue(trends.get(1).changes().isEmpty());
  }

  @Test
  void judgesByTheDirectionOfTheMetric() {
    List<TrackedRun> runs = new ArrayList<>();
    for (int day = 0; day < 24; day++) {
      runs.add(
          run(day, cell("a", "17", Map.of(Metric.THROUGHPUT, raw(day < 12 ? 100 : 120, day)))));
    }
    assertFalse(history(runs).get(0).changes().get(0).isWorse());
  }

  @Test
  void aChangeOfConditionsIsNoChangeOfTheProgram() {
    List<TrackedRun> runs = new ArrayList<>();
    for (int day = 0; day < 50; day++) {
      String jdk = day < 25 ? "17" : "21";
      runs.add(run(day, cell("a", jdk, Map.of(Metric.LATENCY, raw(day < 25 ? 1 : 0.8, day)))));
    }
    Trend trend = history(runs).get(0);
    assertTrue(trend.changes().isEmpty());
    assertEquals(
        List.of("conditions changed at c025 (run025): jdk '17' before, '21' now"),
        trend.conditions());
    assertEquals(2, trend.newest().segment());
    assertEquals(25, trend.comparable().size());
    assertEquals("", trend.note());
  }

  @Test
  void followsTheRatioWhereThereIsOne() {
    Sample paired = Sample.paired(new double[] {0.4, 0.6, 0.5}, new double[0], 7);
    Trend trend = history(List.of(run(0, cell("a", "17", Map.of(Metric.LATENCY, paired))))).get(0);
    assertEquals(0.5, trend.newest().value());
    assertTrue(trend.newest().isPaired());
    assertEquals("", trend.unit());
    assertEquals("1 of the 20 points that change points need", trend.note());
  }

  @Test
  void anyChangeOfAnExactFigureCounts() {
    List<TrackedRun> runs = new ArrayList<>();
    for (int day = 0; day < 3; day++) {
      Map<Metric, Long> bytes = Map.of(Metric.ARCHIVE_BYTES, day < 2 ? 100L : 99L);
      runs.add(run(day, new TrackedCell("a", Map.of(), Map.of(), bytes, Answers.NONE, "")));
    }
    TrendChange change = history(runs).get(0).changes().get(0);
    assertEquals("c002", change.after().commit());
    assertEquals(-0.01, change.relative(), 1e-12);
    assertFalse(change.isWorse());
  }
}
