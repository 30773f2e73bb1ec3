package io.edgefrontier.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Maps values to pixels, and knows where its ticks are.
 *
 * @param low value at {@code lowPixel}
 * @param high value at {@code highPixel}, above {@code low}
 */
record Scale(double low, double high, double lowPixel, double highPixel) {
  private static final int[] STEPS = {1, 2, 5};

  /** Returns a linear scale that shows all of these values; NaN is skipped. */
  static Scale linear(DoubleStream values, double lowPixel, double highPixel) {
    DoubleSummaryStatistics range = range(values);
    if (range.getCount() == 0) {
      return new Scale(0, 1, lowPixel, highPixel);
    }
    double low = range.getMin();
    double high = range.getMax();
    if (low == high) {
      double margin = low == 0 ? 1 : Math.abs(low) * 0.1;
      return new Scale(low - margin, high + margin, lowPixel, highPixel);
    }
    return new Scale(low, high, lowPixel, highPixel);
  }

  /** Returns the same mapping with its ends moved outwards by so many pixels. */
  Scale widened(double pixels) {
    double outwards = Math.copySign(pixels, highPixel - lowPixel);
    double share = pixels / Math.abs(highPixel - lowPixel);
    double margin = (high - low) * share;
    return new Scale(low - margin, high + margin, lowPixel - outwards, highPixel + outwards);
  }

  private static DoubleSummaryStatistics range(DoubleStream values) {
    return values.filter(Double::isFinite).summaryStatistics();
  }

  /** Returns where a value is drawn; what lies outside of the scale stays at its end. */
  double pixel(double value) {
    double clamped = Math.max(low, Math.min(high, value));
    double share = (clamped - low) / (high - low);
    return lowPixel + share * (highPixel - lowPixel);
  }

  /** Returns round values within the scale, ascending; their scale is the places to print. */
  List<BigDecimal> ticks() {
    BigDecimal step = step((high - low) / 6);
    List<BigDecimal> ticks = new ArrayList<>();
    BigDecimal tick = BigDecimal.valueOf(low).divide(step, 0, RoundingMode.CEILING).multiply(step);
    for (; tick.doubleValue() <= high; tick = tick.add(step)) {
      ticks.add(tick);
    }
    return ticks;
  }

  /** Returns the smallest of 1, 2, 5 times a power of ten that is not below the given step. */
  private static BigDecimal step(double least) {
    int exponent = (int) Math.floor(StrictMath.log10(least));
    for (int factor : STEPS) {
      BigDecimal step = power(factor, exponent);
      if (step.doubleValue() >= least) {
        return step;
      }
    }
    return power(1, exponent + 1);
  }

  private static BigDecimal power(int factor, int exponent) {
    BigDecimal power = BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent);
    return power.scale() < 0 ? power.setScale(0) : power;
  }
}
