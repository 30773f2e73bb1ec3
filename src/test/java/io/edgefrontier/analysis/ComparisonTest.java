package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Mann-Whitney test, the interval of a ratio, and the verdict that needs both. */
class ComparisonTest {
  /** Deals the pooled values in every way, and compares pairs of values instead of ranks. */
  private static double enumerated(double[] first, double[] second) {
    double[] pooled = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, pooled, first.length, second.length);
    double mean = first.length * second.length / 2.0;
    double observed = Math.abs(u(pooled, (1 << first.length) - 1) - mean);
    int deals = 0;
    int extreme = 0;
    for (int deal = 0; deal < 1 << pooled.length; deal++) {
      if (Integer.bitCount(deal) == first.length) {
        deals++;
        extreme += Math.abs(u(pooled, deal) - mean) >= observed ? 1 : 0;
      }
    }
    return (double) extreme / deals;
  }

  /** Pairs in which the chosen value is the larger; half for equal ones. */
  private static double u(double[] pooled, int chosen) {
    double u = 0;
    for (int i = 0; i < pooled.length; i++) {
      for (int j = 0; j < pooled.length; j++) {
        if ((chosen >> i & 1) == 1 && (chosen >> j & 1) == 0) {
          u += (Math.signum(pooled[i] - pooled[j]) + 1) / 2;
        }
      }
    }
    return u;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 1000})
  void theTestIsTheShareOfDealsThatAreAsExtreme(int distinctValues) {
    Random random = new Random(distinctValues);
    for (int run = 0; run < 60; run++) {
      double[] first = values(random, 1 + random.nextInt(6), distinctValues);
      double[] second = values(random, 1 + random.nextInt(6), distinctValues);
      assertEquals(enumerated(first, second), MannWhitney.pValue(first, second), 1e-12);
    }
  }

  private static double[] values(Random random, int size, int distinctValues) {
    return random.ints(size, 0, distinctValues).asDoubleStream().toArray();
  }

  /** Critical values of U at 5 %, two-sided, as every textbook prints them. */
  @ParameterizedTest
  @CsvSource({
    "4, 4, 0",
    "5, 5, 2",
    "6, 6, 5",
    "7, 7, 8",
    "8, 8, 13",
    "9, 9, 17",
    "10, 10, 23",
    "15, 15, 64",
    "20, 20, 127",
    "3, 5, 0",
    "5, 8, 6",
    "6, 10, 11",
    "9, 20, 48",
    "4, 12, 7"
  })
  void theTestAgreesWithThePublishedCriticalValues(int n, int m, int critical) {
    assertTrue(MannWhitney.pValue(withU(critical, n, m), second(m)) <= 0.05);
    assertTrue(MannWhitney.pValue(withU(critical + 1, n, m), second(m)) > 0.05);
  }

  @Test
  void threeForksASideCanNeverBeToldApart() {
    assertEquals(0.1, MannWhitney.pValue(withU(0, 3, 3), second(3)), 1e-15);
    assertEquals(2 / 70.0, MannWhitney.pValue(withU(0, 4, 4), second(4)), 1e-15);
  }

  private static double[] second(int m) {
    double[] values = new double[m];
    Arrays.setAll(values, i -> i + 1);
    return values;
  }

  /** Values of which just {@code u} pairs are larger than one of 1..m. */
  private static double[] withU(int u, int n, int m) {
    double[] values = new double[n];
    int left = u;
    for (int i = n - 1; i >= 0; i--) {
      int above = Math.min(left, m);
      values[i] = above + 0.5 + 0.001 * i;
      left -= above;
    }
    return values;
  }

  /** As scipy.stats.mannwhitneyu 1.17 has it. */
  @Test
  void theTestAgreesWithScipy() {
    double[] first = {
      0.797, 0.414, 0.173, 0.549, 0.703, 0.674, 0.375, 0.439, 0.508, 0.778, 0.521, 0.393
    };
    double[] second = {0.79, 0.33, 0.343, 1.003, 1.283, 0.893, 0.694, 0.47, 0.802};
    assertEquals(0.14793998571088357, MannWhitney.pValue(first, second), 1e-14);
    double[] manyWithTies = {
      11.3, 11.4, 10.1, 9.2, 8.9, 10.0, 9.0, 8.6, 10.2, 10.1, 10.5, 9.1, 10.0, 9.9, 8.5, 10.5, 10.3,
      12.4, 10.2, 9.9, 11.2, 10.2, 10.9, 9.6, 10.2, 11.0, 10.7, 10.1, 8.9, 10.4
    };
    double[] others = {
      10.6, 11.2, 10.7, 11.6, 10.4, 10.7, 11.2, 9.4, 10.1, 10.0, 12.5, 10.4, 11.2, 11.1, 10.2, 8.9,
      11.5, 10.1, 11.2, 9.2, 10.1, 11.8, 11.9, 9.2, 9.2, 10.5, 11.2, 10.7
    };
    assertEquals(0.03082237720132702, MannWhitney.pValue(manyWithTies, others), 1e-12);
  }

  @Test
  void equalSamplesAreNoEvidenceHoweverMany() {
    double[] same = new double[60];
    Arrays.fill(same, 3);
    assertEquals(1, MannWhitney.pValue(same, same));
    assertEquals(1, MannWhitney.pValue(new double[] {3, 3}, new double[] {3}));
  }

  /** Upper tails from tables of the normal distribution. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1.959963984540054, 0.025",
    "2.9, 1.8658133003840378e-3",
    "3, 1.3498980316300946e-3",
    "6, 9.865876450376946e-10"
  })
  void normalTailsAreThoseOfTheTables(double z, double expected) {
    assertEquals(expected, Normal.upperTail(z), 1e-12 * expected);
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 3", "4, 4", "5, 8", "10, 10"})
  void theIntervalOfARatioIsTheLimitOfSimulatedOnes(int baselineForks, int candidateForks) {
    Random random = new Random(baselineForks);
    double[] baseline = random.doubles(baselineForks, 1, 2).toArray();
    double[] candidate = random.doubles(candidateForks, 1, 3).toArray();
    int draws = 40_001;
    double[] ratios = new double[draws];
    for (int i = 0; i < draws; i++) {
      ratios[i] = resampledMedian(random, candidate) / resampledMedian(random, baseline);
    }
    Arrays.sort(ratios);
    Interval interval = Bootstrap.ofRatio(baseline, candidate);
    double rounding = 1e-12; // a resample of the very same values may differ in its last bit
    assertTrue(ratios[(int) (0.020 * draws)] - rounding <= interval.low());
    assertTrue(ratios[(int) (0.030 * draws)] + rounding >= interval.low());
    assertTrue(ratios[(int) (0.970 * draws)] - rounding <= interval.high());
    assertTrue(ratios[(int) (0.980 * draws)] + rounding >= interval.high());
  }

  private static double resampledMedian(Random random, double[] values) {
    double[] resample = new double[values.length];
    Arrays.setAll(resample, i -> values[random.nextInt(values.length)]);
    Arrays.sort(resample);
    return (resample[(values.length - 1) / 2] + resample[values.length / 2]) / 2;
  }

  @Test
  void twoForksASideSpanEveryRatio() {
    assertEquals(
        new Interval(3 / 2.0, 5.0), Bootstrap.ofRatio(new double[] {1, 2}, new double[] {3, 5}));
    assertEquals(Interval.ABSENT, Bootstrap.ofRatio(new double[] {1}, new double[] {3, 5}));
  }

  @Test
  void callsACandidateSlowerOrFasterWhenTestAndIntervalAgree() {
    List<Double> baseline = List.of(1.00, 1.01, 1.02, 1.03, 1.04, 1.05);
    List<Double> slower = List.of(1.06, 1.07, 1.08, 1.09, 1.10, 1.11);
    Comparison comparison = Comparison.of(baseline, slower);
    assertEquals(Verdict.SLOWER, comparison.verdict());
    assertEquals(1.085 / 1.025, comparison.ratio(), 1e-12);
    assertEquals(2 / 924.0, comparison.pValue(), 1e-15);
    assertEquals(Verdict.FASTER, Comparison.of(slower, baseline).verdict());
    assertEquals(Verdict.INDISTINCT, Comparison.of(baseline, baseline).verdict());
  }

  @Test
  void needsTheTestAndTheInterval() {
    List<Double> low = List.of(1.0, 1.1, 1.2);
    Comparison few = Comparison.of(low, List.of(2.0, 2.1, 2.2));
    assertTrue(few.interval().low() > 1);
    assertEquals(Verdict.INDISTINCT, few.verdict());
    List<Double> baseline = List.of(1.0, 1.0, 1.0, 2.0, 3.0, 5.0, 5.0);
    List<Double> candidate = List.of(3.0, 3.0, 4.0, 5.0, 7.0, 7.0, 7.0);
    Comparison spread = Comparison.of(baseline, candidate);
    assertTrue(spread.pValue() < 0.05);
    assertTrue(spread.interval().low() < 1);
    assertEquals(Verdict.INDISTINCT, spread.verdict());
  }

  @Test
  void flagsEqualDistributionsNoMoreOftenThanTheTestPromises() {
    Random random = new Random(11);
    int flagged = 0;
    for (int trial = 0; trial < 2000; trial++) {
      double[] first = random.doubles(6, 1, 2).toArray();
      double[] second = random.doubles(6, 1, 2).toArray();
      flagged += Comparison.of(first, second).verdict() == Verdict.INDISTINCT ? 0 : 1;
    }
    assertTrue(flagged <= 100, flagged + " of 2000");
  }

  @Test
  void refusesWhatIsNoScore() {
    assertEquals(
        "a score of the candidate must be finite and > 0, got NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> Comparison.of(List.of(1.0), List.of(Double.NaN)))
            .getMessage());
    assertEquals(
        "the baseline has no fork, needs at least 1",
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(List.of(), List.of(1.0)))
            .getMessage());
    assertEquals(
        "a value must be finite, got Infinity",
        assertThrows(
                IllegalArgumentException.class,
                () -> MannWhitney.pValue(new double[] {Double.POSITIVE_INFINITY}, new double[] {1}))
            .getMessage());
    assertEquals(
        "a ratio of medians needs values > 0, got 0.0 and 1.0",
        assertThrows(
                IllegalArgumentException.class,
                () -> Bootstrap.ofRatio(new double[] {0, 1}, new double[] {1, 1}))
            .getMessage());
  }
}
