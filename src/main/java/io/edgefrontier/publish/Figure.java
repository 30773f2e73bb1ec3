package io.edgefrontier.publish;

import java.util.function.DoubleUnaryOperator;

/**
 * A number in the unit of sweep_results.csv, with its 95 % interval.
 *
 * @param value NaN where it is absent
 * @param low lower end of the interval; NaN where there is none
 * @param high upper end of the interval; NaN where there is none
 */
record Figure(double value, double low, double high) {
  static final Figure ABSENT = of(Double.NaN);

  static Figure of(double value) {
    return new Figure(value, Double.NaN, Double.NaN);
  }

  boolean isPresent() {
    return Double.isFinite(value);
  }

  boolean hasInterval() {
    return isPresent() && low <= high && Double.isFinite(low) && Double.isFinite(high);
  }

  /** Returns the figure in another unit. */
  Figure times(double factor) {
    return new Figure(value * factor, low * factor, high * factor);
  }

  /** Returns what a function that falls as its argument rises makes of this. */
  Figure falling(DoubleUnaryOperator function) {
    return new Figure(
        function.applyAsDouble(value), function.applyAsDouble(high), function.applyAsDouble(low));
  }

  /**
   * Returns this divided by a figure that was measured independently. The interval is that of the
   * difference of their logarithms by the method of variance estimates recovery: the distance of
   * each end is the root of the sum of squares of those that make it up.
   *
   * @return without interval where one of the two has none above 0; absent where a figure is not
   *     above 0
   * @see <a href="https://doi.org/10.1002/sim.3095">Zou, Donner: Construction of confidence limits
   *     about effect measures (2008)</a>
   */
  Figure over(Figure divisor) {
    if (!(value > 0 && divisor.value > 0)) {
      return ABSENT;
    }
    double ratio = value / divisor.value;
    if (!hasInterval() || !divisor.hasInterval() || !(low > 0 && divisor.low > 0)) {
      return of(ratio);
    }
    double below = StrictMath.hypot(log(value, low), log(divisor.high, divisor.value));
    double above = StrictMath.hypot(log(high, value), log(divisor.value, divisor.low));
    return new Figure(ratio, ratio * StrictMath.exp(-below), ratio * StrictMath.exp(above));
  }

  private static double log(double dividend, double divisor) {
    return StrictMath.log(dividend / divisor);
  }
}
