package io.edgefrontier.result;

import java.math.BigInteger;

/**
 * Reads plain decimals such as {@code -0.25} several times as fast as {@link Double#parseDouble},
 * which tables of a million rows spend most of their time in. Whatever is not plain, or too close
 * to the middle of two doubles, is left to that.
 *
 * @see <a href="https://doi.org/10.1002/spe.2984">Lemire, Number parsing at a gigabyte per second,
 *     2021</a>
 */
final class DecimalParser {
  /** A number of digits below this is exact in a {@code long} with a digit more. */
  static final long ROOM_FOR_A_DIGIT = 100_000_000_000_000_000L;

  private static final int MOST_DECIMALS = 27;

  private static final int MANTISSA_BITS = 53;
  private static final int REST_BITS = Long.SIZE - MANTISSA_BITS;
  private static final long HALF = 1L << (REST_BITS - 1);

  /** The product's high word may be short by almost 2, twice that after a shift. */
  private static final int ERROR = 4;

  /** Negative powers of ten, each scaled by a power of two into [2^63, 2^64) and rounded down. */
  private static final long[] POWERS = new long[MOST_DECIMALS + 1];

  /** The exponents of those powers of two. */
  private static final int[] SHIFTS = new int[MOST_DECIMALS + 1];

  static {
    BigInteger ten = BigInteger.ONE;
    for (int i = 0; i <= MOST_DECIMALS; i++) {
      SHIFTS[i] = Long.SIZE - 1 + (i == 0 ? 0 : ten.bitLength());
      POWERS[i] = BigInteger.ONE.shiftLeft(SHIFTS[i]).divide(ten).longValue();
      ten = ten.multiply(BigInteger.TEN);
    }
  }

  private DecimalParser() {}

  /** Returns the double nearest to {@code text}; NaN if it takes {@link Double#parseDouble}. */
  static double parse(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int point = -1;
    long digits = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c >= '0' && c <= '9' && digits < ROOM_FOR_A_DIGIT) {
        digits = 10 * digits + (c - '0');
      } else {
        return Double.NaN;
      }
    }
    int decimals = point < 0 ? 0 : text.length() - point - 1;
    boolean none = text.length() - start - (point < 0 ? 0 : 1) == 0;
    double value = none ? Double.NaN : quotient(digits, decimals);
    return start == 0 ? value : -value;
  }

  /**
   * Returns the double nearest to {@code digits} / 10^{@code decimals}; NaN if it takes {@link
   * Double#parseDouble}.
   */
  static double quotient(long digits, int decimals) {
    if (digits == 0 || decimals > MOST_DECIMALS) {
      return digits == 0 ? 0 : Double.NaN;
    }
    int zeros = Long.numberOfLeadingZeros(digits);
    int exponent = Long.SIZE - zeros - SHIFTS[decimals];
    long product = highOfProduct(digits << zeros, POWERS[decimals]);
    if (product >= 0) {
      product <<= 1;
      exponent--;
    }
    long rest = product & (2 * HALF - 1);
    if (rest > HALF - ERROR && rest <= HALF) {
      return Double.NaN;
    }
    long mantissa = (product >>> REST_BITS) + (rest > HALF ? 1 : 0);
    return mantissa * powerOfTwo(exponent + REST_BITS);
  }

  /** Returns the upper 64 bits of the product of two numbers that both have bit 63 set. */
  private static long highOfProduct(long a, long b) {
    return Math.multiplyHigh(a, b) + a + b; // multiplyHigh takes each for itself minus 2^64
  }

  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((long) (exponent + Double.MAX_EXPONENT) << (MANTISSA_BITS - 1));
  }
}
