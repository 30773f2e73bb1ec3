package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.QuantParams;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationObserverTest {

  private static QuantParams params(ActivationObserver observer, float... values) {
    observer.observe(values);
    return observer.params();
  }

  private static float[] gaussian(long seed, int count, double deviation) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  private static float[] relu(float[] values) {
    float[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.max(result[i], 0);
    }
    return result;
  }

  private static double meanSquaredError(float[] values, QuantParams params) {
    double sum = 0;
    for (float value : values) {
      double stored = Math.rint(value / params.scale()) + params.zeroPoint();
      double clipped = Math.min(Math.max(stored, 0), 255);
      double error = value - params.scale() * (clipped - params.zeroPoint());
      sum += error * error;
    }
    return sum / values.length;
  }

  @ParameterizedTest
  @CsvSource({"-1, 1.55, 0.01, 100", "0.5, 5.1, 0.02, 0", "-25.5, -3, 0.1, 255", "0, 255, 1, 0"})
  void minMaxCoversTheValuesAndZero(float low, float high, float scale, int zeroPoint) {
    QuantParams params = params(new MinMaxObserver(), (low + high) / 2, high, low);
    assertEquals(scale, params.scale(), 1e-7);
    assertEquals(zeroPoint, params.zeroPoint());
  }

  @ParameterizedTest
  @EnumSource
  void mapsAConstantZero(Calibration calibration) {
    assertEquals(new QuantParams(1, 0), params(calibration.observer(), 0, 0, -0f));
  }

  @ParameterizedTest
  @EnumSource
  void representsAConstant(Calibration calibration) {
    for (float constant : new float[] {3.7f, -0.002f, 1e30f, -1e-30f, Float.MAX_VALUE}) {
      QuantParams params = params(calibration.observer(), constant, constant);
      double stored = Math.rint(constant / params.scale()) + params.zeroPoint();
      assertTrue(stored >= 0 && stored <= 255, () -> params + " for " + constant);
      assertEquals(
          constant, params.scale() * (stored - params.zeroPoint()), Math.abs(constant) * 0.002);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesValuesThatAreNotFinite(Calibration calibration) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      ActivationObserver observer = calibration.observer();
      String message =
          assertThrows(IllegalArgumentException.class, () -> observer.observe(new float[] {1, bad}))
              .getMessage();
      assertEquals(
          "an activation is " + bad + "; int8 calibration needs finite ones, check the network",
          message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void needsAValue(Calibration calibration) {
    ActivationObserver observer = calibration.observer();
    observer.observe(new float[0]);
    String message = assertThrows(IllegalStateException.class, observer::params).getMessage();
    assertEquals("no activation was observed; run a calibration batch first", message);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotDependOnOrderOrBatches(Calibration calibration) {
    float[] values = gaussian(1, 5000, 2);
    values[4321] = 400; // makes the histogram grow late
    QuantParams expected = params(calibration.observer(), values);
    ActivationObserver split = calibration.observer();
    for (int i = 5000; i > 0; i -= 250) {
      split.observe(Arrays.copyOfRange(values, i - 250, i));
    }
    assertEquals(expected, split.params());
  }

  @Test
  void histogramFindsTheBestOneSidedRangeOfAll() {
    float[] values = relu(gaussian(2, 20_000, 1));
    values[7] = 30;
    QuantParams found = params(new HistogramObserver(), values);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 1; i <= 1000; i++) {
      best = Math.min(best, meanSquaredError(values, new ValueRange(0, 0.03 * i).params()));
    }
    assertTrue(meanSquaredError(values, found) <= 1.05 * best);
    assertEquals(0, found.zeroPoint());
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5})
  void histogramComesCloseToTheBestTwoSidedRange(long seed) {
    float[] values = gaussian(seed, 4000, 1);
    values[1] = -9;
    values[2] = 14;
    double best = Double.POSITIVE_INFINITY;
    for (int low = 1; low <= 45; low++) {
      for (int high = 1; high <= 70; high++) {
        ValueRange range = new ValueRange(-0.2 * low, 0.2 * high);
        best = Math.min(best, meanSquaredError(values, range.params()));
      }
    }
    QuantParams found = params(new HistogramObserver(), values);
    assertTrue(meanSquaredError(values, found) <= 1.05 * best, () -> "found " + found);
  }

  @Test
  void histogramClipsAnOutlierThatCostsLessThanFinerStepsGain() {
    int count = 1_000_000; // finer steps gain (2^2 - 1^2) / 255^2 / 12 each, clipping costs 1 once
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) i / count;
    }
    values[0] = 2;
    assertEquals(1.0 / 255, params(new HistogramObserver(), values).scale(), 0.03 / 255);
  }

  @Test
  void histogramKeepsTheWholeRangeOfAnEvenSpread() {
    float[] values = new float[10_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 1000f;
    }
    assertEquals(9.999 / 255, params(new HistogramObserver(), values).scale(), 0.0005);
  }

  @ParameterizedTest
  @CsvSource({"99.99", "99", "75", "100"})
  void percentileIsExactToOneBin(double percentile) {
    float[] values = gaussian(6, 12_345, 3);
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percentile / 100 * sorted.length);
    double high = sorted[rank - 1];
    double low = sorted[sorted.length - rank];
    double widestBin = 2.0 * (sorted[sorted.length - 1] - sorted[0]) / GrowingHistogram.BINS;
    QuantParams found = params(new PercentileObserver(percentile), values);
    assertEquals(high - low, 255 * found.scale(), 2 * widestBin);
    assertEquals(-low / found.scale(), found.zeroPoint(), 1.5);
  }

  @Test
  void percentileNeverGoesBeyondTheValues() {
    float[] values = {0.1f, 0.2f, 1.7f};
    assertEquals(
        params(new MinMaxObserver(), values), params(new PercentileObserver(99.99), values));
  }

  @Test
  void histogramCountsExactlyWhatFallsIntoEachBin() {
    float[] values = gaussian(7, 3000, 1);
    values[2999] = 77;
    GrowingHistogram histogram = new GrowingHistogram();
    for (int i = 0; i < 3000; i += 100) {
      histogram.add(Arrays.copyOfRange(values, i, i + 100));
    }
    assertTrue(histogram.bins() > GrowingHistogram.BINS / 4 && histogram.bins() <= 2048);
    for (int bin = 0; bin < histogram.bins(); bin++) {
      double low = histogram.lowerEdge(bin);
      double high = low + histogram.width();
      long expected = 0;
      for (float value : values) {
        expected += value >= low && value < high ? 1 : 0;
      }
      assertEquals(expected, histogram.count(bin));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-20f, -1e-20f, Float.MIN_VALUE, -Float.MIN_VALUE, 3e-19f})
  void histogramGrowsByAnyFactor(float tiny) {
    GrowingHistogram histogram = new GrowingHistogram();
    histogram.add(new float[] {tiny});
    histogram.add(new float[] {1});
    for (int bin = 0; bin < histogram.bins(); bin++) {
      double low = histogram.lowerEdge(bin);
      double high = low + histogram.width();
      long expected = (tiny >= low && tiny < high ? 1 : 0) + (1 >= low && 1 < high ? 1 : 0);
      assertEquals(expected, histogram.count(bin));
    }
    assertEquals(2, histogram.total());
  }

  @Test
  void parsesItsLabels() {
    for (Calibration calibration : Calibration.values()) {
      assertEquals(
          calibration, Calibration.parse(" " + calibration.label().toUpperCase(Locale.ROOT)));
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> Calibration.parse("entropy"))
            .getMessage();
    assertEquals(
        "unknown calibration 'entropy'; available: histogram, min-max, percentile", message);
  }
}
