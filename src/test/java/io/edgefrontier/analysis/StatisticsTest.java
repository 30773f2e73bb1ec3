package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Histogram;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {
  /** As numpy.percentile([15, 20, 35, 40, 50], p) has it. */
  @ParameterizedTest
  @CsvSource({"0, 15", "5, 16", "30, 23", "40, 29", "50, 35", "95, 48", "100, 50"})
  void percentileIsTypeR7(double percent, double expected) {
    assertEquals(expected, Statistics.percentile(Histogram.of(50, 15, 40, 20, 35), percent), 1e-12);
  }

  @Test
  void histogramGivesWhatTheExpandedValuesGive() {
    Random random = new Random(3);
    for (int run = 0; run < 300; run++) {
      double[] expanded =
          random.doubles(1 + random.nextInt(40)).map(v -> Math.rint(v * 8)).toArray();
      Histogram histogram = Histogram.of(expanded);
      Arrays.sort(expanded);
      double percent = random.nextInt(101);
      double position = (expanded.length - 1) * percent / 100;
      double low = expanded[(int) Math.floor(position)];
      double high = expanded[(int) Math.ceil(position)];
      double mean = Arrays.stream(expanded).average().orElseThrow();
      double squares = Arrays.stream(expanded).map(v -> (v - mean) * (v - mean)).sum();
      assertEquals(expanded.length, histogram.total());
      assertEquals(
          low + (position - Math.floor(position)) * (high - low),
          Statistics.percentile(histogram, percent),
          1e-12);
      assertEquals(mean, Statistics.mean(histogram), 1e-12);
      assertEquals(
          expanded.length < 2 ? Double.NaN : Math.sqrt(squares / (expanded.length - 1)),
          Statistics.standardDeviation(histogram),
          1e-12);
    }
  }

  @Test
  void neverExpandsAHistogram() {
    Histogram huge = Histogram.of(new double[] {1, 3}, new long[] {1L << 40, 1L << 40});
    assertEquals(2, Statistics.median(huge));
    assertEquals(2, Statistics.mean(huge));
    assertEquals(1, Statistics.standardDeviation(huge), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "50, 19, false",
    "50, 20, true",
    "90, 99, false",
    "90, 100, true",
    "99, 999, false",
    "99, 1000, true",
    "99.9, 9999, false",
    "99.9, 10000, true"
  })
  void aPercentileNeedsTenSamplesBeyondIt(double percent, long samples, boolean present) {
    Histogram histogram = Histogram.of(new double[] {1}, new long[] {samples});
    assertEquals(present ? 1 : Double.NaN, Statistics.tailPercentile(histogram, percent));
  }

  /** Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void wilsonAgreesWithTheLiterature(long correct, long samples, double low, double high) {
    Interval interval = Statistics.wilson(correct, samples);
    assertEquals(low, interval.low(), 5e-5);
    assertEquals(high, interval.high(), 5e-5);
  }

  @Test
  void wilsonEndsSolveTheScoreEquation() {
    for (long correct = 1; correct < 360; correct += 7) {
      Interval interval = Statistics.wilson(correct, 360);
      for (double end : new double[] {interval.low(), interval.high()}) {
        double z = (correct / 360.0 - end) / Math.sqrt(end * (1 - end) / 360);
        assertEquals(1.959963984540054, Math.abs(z), 1e-9);
      }
    }
    assertEquals(1, Statistics.wilson(360, 360).high());
    assertEquals(Interval.ABSENT, Statistics.wilson(0, 0));
  }

  private static double exactMcNemar(int b, int c) {
    BigInteger sum = BigInteger.ZERO;
    BigInteger choose = BigInteger.ONE;
    int n = b + c;
    for (int i = 0; i <= Math.min(b, c); i++) {
      sum = sum.add(choose);
      choose = choose.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1L));
    }
    return new BigDecimal(sum.shiftLeft(1))
        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(n)), MathContext.DECIMAL64)
        .min(BigDecimal.ONE)
        .doubleValue();
  }

  @Test
  void mcNemarAgreesWithTheBinomialSumInExactArithmetic() {
    for (int b = 0; b <= 60; b++) {
      for (int c = 0; c <= 60; c += 3) {
        double expected = exactMcNemar(b, c);
        assertEquals(expected, Statistics.mcNemar(b, c), 1e-12 * expected);
      }
    }
    assertEquals(exactMcNemar(1900, 2100), Statistics.mcNemar(1900, 2100), 1e-9);
    assertEquals(1, Statistics.mcNemar(0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 9, 10})
  void bootstrapIntervalIsTheLimitOfSimulatedOnes(int forks) {
    Random random = new Random(forks);
    double[] values = random.doubles(forks, 1, 2).toArray();
    int draws = 40_001;
    double[] medians = new double[draws];
    for (int i = 0; i < draws; i++) {
      double[] resample = new double[forks];
      for (int j = 0; j < forks; j++) {
        resample[j] = values[random.nextInt(forks)];
      }
      Arrays.sort(resample);
      medians[i] = (resample[(forks - 1) / 2] + resample[forks / 2]) / 2;
    }
    Arrays.sort(medians);
    Interval interval = Bootstrap.ofMedian(values);
    // The distribution is discrete: the end lies where simulation puts 2.5 % within its error.
    assertTrue(medians[(int) (0.020 * draws)] <= interval.low());
    assertTrue(medians[(int) (0.030 * draws)] >= interval.low());
    assertTrue(medians[(int) (0.970 * draws)] <= interval.high());
    assertTrue(medians[(int) (0.980 * draws)] >= interval.high());
  }

  @Test
  void bootstrapProbabilitiesOfManyForksAddUp() {
    double[] values = new Random(5).doubles(400, 1, 2).sorted().toArray();
    Interval interval = Bootstrap.ofMedian(values);
    // The exact bootstrap is close to the interval between order statistics n/2 -+ sqrt(n).
    assertEquals(values[180], interval.low(), values[183] - values[177]);
    assertEquals(values[219], interval.high(), values[222] - values[216]);
    MedianDistribution median = MedianDistribution.of(values);
    assertEquals(1, median.atMost(1e9, median), 1e-9);
    assertEquals(0.5, median.atMost(1, median), 0.01);
  }

  @Test
  void oneForkHasNoInterval() {
    assertEquals(Interval.ABSENT, Bootstrap.ofMedian(1.5));
    assertEquals(new Interval(1, 2), Bootstrap.ofMedian(2, 1));
  }

  @Test
  void refusesWhatIsNoPercentOrCount() {
    assertEquals(
        "a percentile is in [0, 100], got NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> Statistics.percentile(Histogram.of(1), Double.NaN))
            .getMessage());
    assertEquals(
        "correct must be in [0, samples], got 3 of 2",
        assertThrows(IllegalArgumentException.class, () -> Statistics.wilson(3, 2)).getMessage());
    assertEquals(
        "counts must be >= 0, got -1 and 2",
        assertThrows(IllegalArgumentException.class, () -> Statistics.mcNemar(-1, 2)).getMessage());
  }
}
