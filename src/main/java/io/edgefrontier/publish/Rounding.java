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

  /** Returns a figure of which nothing is known but its value, to four significant digits. */
  static String significant(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    return at(exact, exact.round(new MathContext(DIGITS, RoundingMode.HALF_UP)).scale());
  }

  /** Returns {@code value ± half-width} of an interval. */
  static String plusMinus(Figure figure) {
    BigDecimal half =
        BigDecimal.valueOf(figure.high())
            .subtract(BigDecimal.valueOf(figure.low()))
            .movePointLeft(1)
            .multiply(BigDecimal.valueOf(5));
    if (half.signum() == 0) {
      return significant(figure.value()) + " ± 0";
    }
    int scale = scale(half);
    return at(BigDecimal.valueOf(figure.value()), scale) + " ± " + at(half, scale);
  }

  /** Returns {@code value [low, high]}. */
  static String brackets(Figure figure) {
    double half = (figure.high() - figure.low()) / 2;
    if (!(half > 0)) {
      String text = significant(figure.value());
      return "%s [%s, %s]".formatted(text, text, text);
    }
    int scale = scale(BigDecimal.valueOf(half));
    return "%s [%s, %s]"
        .formatted(
            at(BigDecimal.valueOf(figure.value()), scale),
            at(BigDecimal.valueOf(figure.low()), scale),
            at(BigDecimal.valueOf(figure.high()), scale));
  }

  /**
   * Returns the places after the point that show one digit of a half-width, or two where the first
   * is a 1, since rounding that away would change the half-width by up to a half.
   */
  private static int scale(BigDecimal half) {
    BigDecimal two = half.round(new MathContext(2, RoundingMode.HALF_UP));
    boolean leadingOne = two.unscaledValue().toString().charAt(0) == '1';
    return half.round(new MathContext(leadingOne ? 2 : 1, RoundingMode.HALF_UP)).scale();
  }

  private static String at(BigDecimal value, int scale) {
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
    return rounded.signum() == 0 && scale <= 0 ? "0" : rounded.toPlainString();
  }
}
