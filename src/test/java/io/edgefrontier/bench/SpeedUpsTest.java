package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.util.ListStatistics;

class SpeedUpsTest {
  @BeforeEach
  void forget() {
    SpeedUps.clear();
  }

  @Test
  void isTheMedianOverIterationsOfTheRatioOfMedians() {
    iteration(100, 290, 300, 9_000); // 3: one disturbed call decides nothing
    iteration(200, 800, 800); // 4, on a machine that has become slower
    iteration(100, 50_000); // 500: nor does one disturbed iteration

    assertEquals(4, found().get("speedup"), 1e-9);
  }

  @Test
  void isAlsoTheRatioOfTheFastestCalls() {
    iteration(100, 290, 300, 9_000);
    iteration(50, 800, 800);
    iteration(100, 50_000);

    assertEquals(5.8, found().get("speedup.fastest"), 1e-9);
  }

  @Test
  void poolsTheCallsOfAllThreads() {
    SpeedUps.baselineCalls(SpeedUps.OVER_BASELINE, new long[] {100});
    SpeedUps.baselineCalls(SpeedUps.OVER_BASELINE, new long[] {200, 300});
    endIteration(100);

    assertEquals(2, found().get("speedup"), 1e-9);
    assertEquals(1, found().get("speedup.fastest"), 1e-9);
  }

  @Test
  void keepsTheBaselinesApart() {
    SpeedUps.baselineCalls(SpeedUps.OVER_BASELINE, new long[] {100});
    SpeedUps.baselineCalls(SpeedUps.OVER_PLAIN_OWN, new long[] {700});
    endIteration(100);

    assertEquals(
        List.of("speedup", "speedup.fastest", "speedup.own", "speedup.own.fastest"),
        List.copyOf(found().keySet()));
    assertEquals(1, found().get("speedup"), 1e-9);
    assertEquals(7, found().get("speedup.own"), 1e-9);
    assertEquals(7, found().get("speedup.own.fastest"), 1e-9);
  }

  @Test
  void warmUpCountsForNothing() {
    SpeedUps.baselineCalls(SpeedUps.OVER_BASELINE, new long[] {1});
    SpeedUps.skipIteration();
    iteration(100, 200);

    assertEquals(2, found().get("speedup"), 1e-9);
    assertEquals(2, found().get("speedup.fastest"), 1e-9);
  }

  @Test
  void takesTimesInAnyUnit() {
    SpeedUps.baselineCalls(SpeedUps.OVER_BASELINE, new long[] {6_000});
    SpeedUps.endIteration(statistics(2), 1_000);

    assertEquals(3, found().get("speedup"), 1e-9);
    assertEquals(3, found().get("speedup.fastest"), 1e-9);
  }

  private static void iteration(double candidateNanos, long... baselineNanos) {
    SpeedUps.baselineCalls(SpeedUps.OVER_BASELINE, baselineNanos);
    endIteration(candidateNanos);
  }

  private static void endIteration(double candidateNanos) {
    SpeedUps.endIteration(statistics(candidateNanos), 1);
  }

  private static ListStatistics statistics(double call) {
    ListStatistics statistics = new ListStatistics();
    statistics.addValue(call);
    return statistics;
  }

  private static Map<String, Double> found() {
    Map<String, Double> found = new LinkedHashMap<>();
    for (Observation observation : SpeedUps.ofFork()) {
      assertEquals("x", observation.getScoreUnit());
      found.put(observation.getLabel(), observation.getScore());
    }
    return found;
  }
}
