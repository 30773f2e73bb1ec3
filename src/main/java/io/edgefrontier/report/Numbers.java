package io.edgefrontier.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.stream.DoubleStream;

/** Numbers as text: ASCII digits and a point whatever the locale; {@code -} for what is absent. */
final class Numbers {
  static final String ABSENT = "-";
  private static final int MOST_PLACES = 6;
  private static final int MOST_DIGITS = 5;

  private Numbers() {}

  /** Returns the value rounded half up to so many places after the point. */
  static String fixed(double value, int places) {
    if (!Double.isFinite(value)) {
      return ABSENT;
    }
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP).toPlainString();
  }

  /** Returns the shortest decimal that means this value, without an exponent. */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return ABSENT;
    }
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    return decimal.signum() == 0 ? "0" : decimal.toPlainString();
  }

  /** Returns the value rounded to so many significant digits, without an exponent. */
  static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return ABSENT;
    }
    return BigDecimal.valueOf(value)
        .round(new MathContext(digits, RoundingMode.HALF_UP))
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * Returns the places after the point that show the smallest of the positive values with so many
   * significant digits: one number for a whole column keeps its points aligned.
   */
  static int places(DoubleStream values, int digits) {
    double smallest =
        values
            .filter(value -> value > 0 && Double.isFinite(value))
            .min()
            .orElse(StrictMath.pow(10, digits));
    int magnitude = (int) Math.floor(StrictMath.log10(smallest));
    return Math.max(0, Math.min(MOST_PLACES, digits - 1 - magnitude));
  }

  /**
   * Returns the places to print {@code value} with in a column of so many places: fewer where the
   * value is so large that its last digits would say nothing.
   */
  static int places(double value, int columnPlaces) {
    if (!(Math.abs(value) >= 1)) {
      return columnPlaces;
    }
    int magnitude = (int) Math.floor(StrictMath.log10(Math.abs(value)));
    return Math.max(0, Math.min(columnPlaces, MOST_DIGITS - 1 - magnitude));
  }
}
