package io.edgefrontier.result;

/** Numbers as files spell them: the same in every locale, and read back to the same value. */
public final class Decimals {
  /** Above this, a {@code double} no longer holds every whole number's last digits in 15 places. */
  private static final double LARGEST_PLAIN = 1e15;

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
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("a number in a file must be finite, got " + value);
    }
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }
}
