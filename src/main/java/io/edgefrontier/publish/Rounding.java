package io.edgefrontier.publish;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Figures as readers need them: as many digits as the interval supports, ASCII digits and a point
 * whatever the locale.
 */
final class Rounding {
  /** Of a figure without interval. */
  private static final int DIGITS = 4;

  private Rounding() {}

  /** Returns the shortest decimal that means this value, without an exponent. */
  static String plain(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    return decimal.signum() == 0 ? "0" : decimal.toPlainString();
  }

  /** Returns a whole number. */
  static String whole(double value) {
    return BigDecimal.valueOf(value).setScale(0, RoundingMode.HALF_UP).toPlainString();
  }

  /** Returns a number with so many places after the point. */
  static String fixed(double value, int places) {
    return at(BigDecimal.valueOf(value), places);
  }

  /** Returns how many places after the point the shortest decimal of a number has. */
  static int places(double value) {
    return Math.max(0, BigDecimal.valueOf(value).stripTrailingZeros().scale());
  }

  /**
   * Returns a figure of which nothing is known but its value, to four significant digits; one that
   * has fewer is exact, and gets no zeros behind it.
   */
  static String significant(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return exact.precision() <= DIGITS
        ? plain(value)
        : at(exact, exact.round(new MathContext(DIGITS, RoundingMode.HALF_UP)).scale());
  }

  /** Returns {@code value ± half-width} of an interval; only the value where that is exact. */
  static String plusMinus(Figure figure) {
    BigDecimal half = half(figure);
    if (half.signum() == 0) {
      return significant(figure.value());
    }
    int scale = scale(half, 1);
    return at(BigDecimal.valueOf(figure.value()), scale) + " ± " + at(half, scale);
  }

  /** Returns {@code value [low, high]} with two digits of the half-width. */
  static String brackets(Figure figure) {
    BigDecimal half = half(figure);
    if (half.signum() == 0) {
      return significant(figure.value());
    }
    int scale = scale(half, 2);
    return "%s [%s, %s]"
        .formatted(
            at(BigDecimal.valueOf(figure.value()), scale),
            at(BigDecimal.valueOf(figure.low()), scale),
            at(BigDecimal.valueOf(figure.high()), scale));
  }

  private static BigDecimal half(Figure figure) {
    return BigDecimal.valueOf((figure.high() - figure.low()) / 2);
  }

  /**
   * Returns the places after the point that show so many digits of a half-width, or two where one
   * would be a 1, since rounding behind it would change the half-width by up to a half.
   */
  private static int scale(BigDecimal half, int digits) {
    BigDecimal two = half.round(new MathContext(2, RoundingMode.HALF_UP));
    boolean leadingOne = digits == 1 && two.unscaledValue().toString().charAt(0) == '1';
    MathContext shown = new MathContext(leadingOne ? 2 : digits, RoundingMode.HALF_UP);
    BigDecimal rounded = half.round(shown);
    // BigDecimal has no zeros where a half-width is shorter than what is shown of it: 0.5 for 0.50.
    return rounded.scale() + shown.getPrecision() - rounded.precision();
  }

  private static String at(BigDecimal value, int scale) {
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
    return rounded.signum() == 0 && scale <= 0 ? "0" : rounded.toPlainString();
  }
}
