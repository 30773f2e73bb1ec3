package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    Observation speedUp = only(SpeedUps.ofFork());
    assertEquals("speedup", speedUp.getLabel());
    assertEquals(4, speedUp.getScore(), 1e-9);
    assertEquals("x", speedUp.getScoreUnit());
  }

  @Test
  void poolsTheCallsOfAllThreads() {
    SpeedUps.baselineCalls(SpeedUps.OVER_PLAIN_FP32, new long[] {100});
    SpeedUps.baselineCalls(SpeedUps.OVER_PLAIN_FP32, new long[] {200, 300});
    SpeedUps.endIteration(100);

    assertEquals(2, only(SpeedUps.ofFork()).getScore(), 1e-9);
  }

  @Test
  void keepsTheBaselinesApart() {
    SpeedUps.baselineCalls(SpeedUps.OVER_PLAIN_FP32, new long[] {100});
    SpeedUps.baselineCalls(SpeedUps.OVER_PLAIN_OWN, new long[] {700});
    SpeedUps.endIteration(100);

    List<Observation> both = SpeedUps.ofFork();
    assertEquals(
        List.of("speedup", "speedup.own"), both.stream().map(Observation::getLabel).toList());
    assertEquals(1, both.get(0).getScore(), 1e-9);
    assertEquals(7, both.get(1).getScore(), 1e-9);
  }

  @Test
  void warmUpCountsForNothing() {
    SpeedUps.baselineCalls(SpeedUps.OVER_PLAIN_FP32, new long[] {100_000});
    SpeedUps.skipIteration();
    assertTrue(SpeedUps.ofFork().isEmpty());
    iteration(100, 200);

    assertEquals(2, only(SpeedUps.ofFork()).getScore(), 1e-9);
  }

  private static void iteration(double candidateNanos, long... baselineNanos) {
    SpeedUps.baselineCalls(SpeedUps.OVER_PLAIN_FP32, baselineNanos);
    SpeedUps.endIteration(candidateNanos);
  }

  private static Observation only(List<Observation> observations) {
    assertEquals(1, observations.size());
    return observations.get(0);
  }
}
