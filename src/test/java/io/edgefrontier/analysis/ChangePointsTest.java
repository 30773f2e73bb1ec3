package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
  private static double[] series(int length, IntToDoubleFunction level, double sd, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, length)
        .mapToDouble(i -> level.applyAsDouble(i) + sd * random.nextGaussian())
        .toArray();
  }

  private static List<Integer> found(double... series) {
    return ChangePoints.of(series).stream().map(ChangePoints.ChangePoint::index).toList();
  }

  /** The statistic as its definition says, sum by sum. */
  private static double energy(double[] x, int from, int split, int end) {
    double m = split - from;
    double n = end - split;
    return m
        * n
        / (m + n)
        * (2 * distances(x, from, split, split, end) / (m * n)
            - distances(x, from, split, from, split) / (m * (m - 1))
            - distances(x, split, end, split, end) / (n * (n - 1)));
  }

  private static double distances(double[] x, int from, int to, int otherFrom, int otherTo) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      for (int j = otherFrom; j < otherTo; j++) {
        sum += Math.abs(x[i] - x[j]);
      }
    }
    return sum;
  }

  @Test
  void scanAgreesWithTheDefinition() {
    for (int seed = 0; seed < 50; seed++) {
      double[] x = series(12 + seed % 9, i -> i % 7 < 3 ? 0 : 2, 1, seed);
      int from = seed % 3;
      int to = x.length - seed % 2;
      double best = 0;
      int index = -1;
      for (int split = from + 3; split <= to - 3; split++) {
        for (int end = split + 3; end <= to; end++) {
          double energy = energy(x, from, split, end);
          if (energy > best) {
            best = energy;
            index = split;
          }
        }
      }
      EnergyScan.Split split = EnergyScan.best(x, from, to, 3);
      assertEquals(best, split.statistic(), 1e-9 * Math.max(1, best));
      assertEquals(index, split.index(), "seed " + seed);
    }
  }

  @Test
  void findsAStepWhereItIs() {
    for (int seed = 0; seed < 20; seed++) {
      assertEquals(List.of(17), found(series(40, i -> i < 17 ? 1 : 1.1, 0.01, seed)).subList(0, 1));
    }
  }

  @Test
  void findsTwoStepsAndAStepBack() {
    assertEquals(List.of(15, 30), found(series(45, i -> i < 15 ? 1 : i < 30 ? 1.2 : 1.5, 0.01, 1)));
    assertEquals(List.of(20, 28), found(series(60, i -> i >= 20 && i < 28 ? 1.2 : 1, 0.01, 2)));
  }

  @Test
  void findsThatARampIsNotLevel() {
    assertFalse(found(series(40, i -> 1 + i * 0.01, 0.005, 3)).isEmpty());
  }

  @Test
  void keepsSegmentsOfThreePoints() {
    List<Integer> found = found(series(60, i -> Math.floor(i / 2.0), 0, 0));
    assertFalse(found.isEmpty());
    int before = 0;
    for (int index : found) {
      assertTrue(index - before >= ChangePoints.LEAST_SEGMENT, found.toString());
      before = index;
    }
    assertTrue(60 - before >= ChangePoints.LEAST_SEGMENT, found.toString());
  }

  /** At a level of 1 %, more than 9 of 300 would come up about once in 1000 times. */
  @Test
  void raisesFewFalseAlarms() {
    long alarms =
        IntStream.range(0, 300)
            .filter(i -> !found(series(30, t -> 1, 0.02, 100 + i)).isEmpty())
            .count();
    assertTrue(alarms <= 9, alarms + " of 300");
  }

  @Test
  void findsNothingInAConstantSeriesOrInOneThatIsTooShort() {
    assertEquals(List.of(), found(series(100, i -> 0.3, 0, 0)));
    double[] step = series(19, i -> i < 10 ? 1 : 9, 0.01, 0);
    assertEquals(List.of(), found(step));
    assertEquals("19 of the 20 points that change points need", ChangePoints.whyNone(19));
    assertEquals("", ChangePoints.whyNone(20));
    assertEquals(List.of(10), found(series(20, i -> i < 10 ? 1 : 9, 0.01, 0)));
  }

  @Test
  void answersTheSameEachTimeAndLeavesTheSeriesAlone() {
    double[] series = series(80, i -> i < 50 ? 1 : 1.02, 0.02, 7);
    double[] copy = series.clone();
    assertEquals(ChangePoints.of(series), ChangePoints.of(series));
    assertEquals(0, Arrays.compare(copy, series));
  }

  @Test
  void refusesWhatIsNotFinite() {
    assertThrows(IllegalArgumentException.class, () -> ChangePoints.of(1, Double.NaN));
  }
}
