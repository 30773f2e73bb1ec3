package io.edgefrontier.result;

import java.nio.charset.StandardCharsets;

/** Numbers as files spell them: the same in every locale, and read back to the same value. */
public final class Decimals {
  private Decimals() {}

  /**
   * Returns the decimal form of {@code value} with full precision: empty for NaN (absent), no
   * {@code .0} behind a whole number, an exponent only where {@link Double#toString(double)} has
   * one.
   *
   * @throws IllegalArgumentException if {@code value} is infinite
   */
  public static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    byte[] text = new byte[DecimalPrinter.LONGEST];
    int end = DecimalPrinter.print(finite(value), text, 0);
    return new String(text, 0, end, StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the nearest {@code double}, as {@link Double#parseDouble} does, but faster.
   *
   * @throws NumberFormatException if {@code text} is no number
   */
  public static double parse(String text) {
    double plain = DecimalParser.parse(text);
    return Double.isNaN(plain) ? Double.parseDouble(text) : plain;
  }

  /** Returns {@code value}; refuses infinity, which no file can hold. */
  static double finite(double value) {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("a number in a file must be finite, got " + value);
    }
    return value;
  }
}
