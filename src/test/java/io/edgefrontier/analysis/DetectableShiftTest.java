package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectableShiftTest {
  /** The rule itself, applied to forks that are slower by what is said to be found in 80 %. */
  @ParameterizedTest
  @CsvSource({
    "10, 10, 16, 0.02, 0",
    "10, 10, 16, 0.02, 0.05",
    "6, 8, 3, 0.05, 0.02",
    "20, 20, 1, 0.01, 0.01"
  })
  void isFoundInFourOfFiveRuns(int first, int second, int cells, double spread, double delta) {
    double factor = 1 + DetectableShift.of(first, second, cells).share(spread, delta);
    Random random = new Random(11);
    int found = 0;
    int trials = 2000;
    for (int trial = 0; trial < trials; trial++) {
      Comparison comparison =
          Comparison.of(draw(random, first, 1, spread), draw(random, second, factor, spread));
      boolean flagged =
          comparison.pValue() * cells < 0.05
              && comparison.ratio() > 1 + delta
              && comparison.interval().low() > 1;
      found += flagged ? 1 : 0;
    }
    assertEquals(0.8, (double) found / trials, 0.035); // 1000 trials and these: 3 x 0.011 and more
  }

  private static double[] draw(Random random, int forks, double factor, double spread) {
    double[] values = new double[forks];
    Arrays.setAll(values, i -> factor * Math.exp(spread * random.nextGaussian()));
    return values;
  }

  @Test
  void isNoneWhereNoSplitOfTheForksIsRareEnough() {
    // 4 and 4 forks: 2 / C(8, 4) = 0.029, enough for one cell and too much for two.
    assertTrue(DetectableShift.of(4, 4, 1).isPossible());
    assertFalse(DetectableShift.of(4, 4, 2).isPossible());
    assertTrue(Double.isNaN(DetectableShift.of(4, 4, 2).share(0.01, 0.05)));
    assertFalse(DetectableShift.of(1, 100, 1).isPossible());
  }

  @Test
  void isTheDeltaWithoutAnySpread() {
    assertEquals(0.05, DetectableShift.of(10, 10, 16).share(0, 0.05), 1e-12);
    assertEquals(0, DetectableShift.of(10, 10, 16).share(0, 0), 1e-12);
  }

  @Test
  void halvesWithFourTimesAsManyForks() {
    double few = DetectableShift.of(40, 40, 1).share(0.01, 0);
    assertEquals(few / 2, DetectableShift.of(160, 160, 1).share(0.01, 0), few / 100);
  }

  @Test
  void takesTheSpreadFromBothSidesWhereverTheirMedians() {
    double[] baseline = {0.98, 0.99, 1.00, 1.01, 1.02};
    double[] candidate = {1.96, 1.98, 2.00, 2.02, 40};
    // Deviations 0, 0, .01 x 4 (three and one), .02 x 3: the median is 0.01, by 1.4826, by 10 / 8.
    assertEquals(
        1.4826 * 0.01 * Math.sqrt(10 / 8.0), DetectableShift.spread(baseline, candidate), 1e-4);
  }
}
