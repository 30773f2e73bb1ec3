package io.edgefrontier.result;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Spells numbers as {@link Decimals} says, several times as fast as {@link Double#toString(double)}
 * would: of all decimals that read back to a number, the shortest, and of those the nearest. Very
 * large, very small and otherwise rare numbers are left to that.
 *
 * @see <a href="https://drive.google.com/file/d/1gp5xv4CAa78SVgCeWfGqqI4FfYYYuNFb">Giulietti, The
 *     Schubfach way to render doubles, 2021</a>
 */
final class DecimalPrinter {
  /** No text is longer, in bytes. */
  static final int LONGEST = 26;

  /** Above this, a {@code double} no longer holds every whole number's last digits in 15 places. */
  private static final double LARGEST_WHOLE = 1e15;

  /** Between these, {@link Double#toString(double)} has no exponent. */
  private static final int LEAST_PLAIN = -3;

  private static final int MOST_PLAIN = 6;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT = 0x7FF;
  private static final int EXPONENT_BIAS = Double.MAX_EXPONENT + FRACTION_BITS;
  private static final long LOW_63 = Long.MAX_VALUE;

  /** log10(2), times 2 to the power of this. */
  private static final int LOG_SHIFT = 41;

  private static final long LOG_2 = 661_971_961_083L;

  /** Powers of ten, each scaled by a power of two into [2^125, 2^126) and rounded up. */
  private static final int MOST_DECIMALS = 40;

  private static final long[] HIGH = new long[MOST_DECIMALS + 1];
  private static final long[] LOW = new long[MOST_DECIMALS + 1];

  private static final long[] TENS = new long[19];

  /** Digits are split into numbers that an {@code int} holds, which divides faster. */
  private static final int CHUNK = 100_000_000;

  private static final int CHUNK_LENGTH = 8;

  /** The digits of 00 to 99: by pairs takes half the divisions. */
  private static final byte[] PAIRS = new byte[200];

  /** Bits of those powers of ten before they are scaled. */
  private static final int[] BITS = new int[MOST_DECIMALS + 1];

  static {
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (byte) ('0' + (i % 2 == 0 ? i / 20 : i / 2 % 10));
    }
    for (int i = 0; i <= MOST_DECIMALS; i++) {
      BigInteger power = BigInteger.TEN.pow(i);
      BITS[i] = power.bitLength();
      BigInteger scaled = power.shiftLeft(2 * (Long.SIZE - 1) - BITS[i]).add(BigInteger.ONE);
      HIGH[i] = scaled.shiftRight(Long.SIZE - 1).longValue();
      LOW[i] = scaled.longValue() & LOW_63;
      if (i < TENS.length) {
        TENS[i] = power.longValue();
      }
    }
  }

  private DecimalPrinter() {}

  /**
   * Writes a number into {@code target}, which has room for {@link #LONGEST} bytes.
   *
   * @param value finite
   * @return the index behind its last byte
   */
  static int print(double value, byte[] target, int start) {
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
      return print((long) value, target, start);
    }
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) ((bits >>> FRACTION_BITS) & EXPONENT) - EXPONENT_BIAS;
    int decimals = -(int) ((exponent * LOG_2) >> LOG_SHIFT);
    // A power of two has its neighbours at unequal distances.
    if ((bits & FRACTION) == 0 || decimals < 0 || decimals > MOST_DECIMALS) {
      byte[] text = Double.toString(value).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(text, 0, target, start, text.length);
      return start + text.length;
    }
    int at = start;
    if (bits < 0) {
      target[at++] = '-';
    }
    long digits = shortest((bits & FRACTION) | (FRACTION + 1), exponent, decimals);
    while (digits % 10 == 0) {
      digits /= 10;
      decimals--;
    }
    return spell(digits, decimals, target, at);
  }

  /** Writes a whole number other than {@link Long#MIN_VALUE}, which has no opposite. */
  static int print(long value, byte[] target, int start) {
    int at = start;
    if (value < 0) {
      target[at++] = '-';
    }
    long digits = Math.abs(value);
    return putDigits(digits, length(digits), target, at);
  }

  /**
   * Returns the shortest decimal within half a step of {@code mantissa * 2^exponent}, or else the
   * nearest, as a multiple of {@code 10^-decimals}.
   */
  private static long shortest(long mantissa, int exponent, int decimals) {
    int shift = exponent + BITS[decimals] + 1;
    long high = HIGH[decimals];
    long low = LOW[decimals];
    // In quarters of 10^-decimals: the number, and the ends of what is read back to it.
    long four = product(high, low, (4 * mantissa) << shift);
    long from = product(high, low, (4 * mantissa - 2) << shift) + (mantissa & 1);
    long to = product(high, low, (4 * mantissa + 2) << shift) - (mantissa & 1);
    long below = four >> 2;
    long tensBelow = below / 10 * 10;
    boolean tensBelowFit = from <= 4 * tensBelow;
    boolean tensAboveFit = 4 * (tensBelow + 10) <= to;
    if (tensBelowFit != tensAboveFit) {
      return tensBelowFit ? tensBelow : tensBelow + 10;
    }
    boolean belowFits = from <= 4 * below;
    boolean aboveFits = 4 * (below + 1) <= to;
    if (belowFits != aboveFits) {
      return belowFits ? below : below + 1;
    }
    long twiceMiddle = 4 * below + 2;
    return four < twiceMiddle || (four == twiceMiddle && (below & 1) == 0) ? below : below + 1;
  }

  /** Returns the upper bits of a product with a power of ten, and 1 if the lower are not all 0. */
  private static long product(long high, long low, long factor) {
    long carry = Math.multiplyHigh(low, factor);
    long middle = ((high * factor) >>> 1) + carry;
    long top = Math.multiplyHigh(high, factor) + (middle >>> 63);
    return top | (((middle & LOW_63) + LOW_63) >>> 63);
  }

  private static int spell(long digits, int decimals, byte[] target, int start) {
    int length = length(digits);
    int magnitude = length - 1 - decimals;
    if (magnitude < LEAST_PLAIN || magnitude > MOST_PLAIN) {
      return spellWithExponent(digits, length, magnitude, target, start);
    }
    if (magnitude >= 0) {
      return putDigitsAndPoint(digits, length, magnitude + 1, target, start);
    }
    target[start] = '0';
    target[start + 1] = '.';
    int at = start + 2;
    for (int i = magnitude + 1; i < 0; i++) {
      target[at++] = '0';
    }
    return putDigits(digits, length, target, at);
  }

  private static int spellWithExponent(
      long digits, int length, int magnitude, byte[] target, int start) {
    int at = putDigitsAndPoint(digits, length, 1, target, start);
    if (length == 1) {
      target[at++] = '0';
    }
    target[at++] = 'E';
    return print((long) magnitude, target, at);
  }

  /** Writes digits with a point behind the first {@code whole} of them. */
  private static int putDigitsAndPoint(
      long digits, int length, int whole, byte[] target, int start) {
    int end = putDigits(digits, length, target, start + 1);
    for (int i = start; i < start + whole; i++) {
      target[i] = target[i + 1];
    }
    target[start + whole] = '.';
    return end;
  }

  private static int putDigits(long digits, int length, byte[] target, int start) {
    int at = start + length;
    long rest = digits;
    while (rest > Integer.MAX_VALUE) {
      long above = rest / CHUNK;
      putDigits((int) (rest - above * CHUNK), target, at - CHUNK_LENGTH, at);
      at -= CHUNK_LENGTH;
      rest = above;
    }
    putDigits((int) rest, target, start, at);
    return start + length;
  }

  private static void putDigits(int digits, byte[] target, int start, int end) {
    int rest = digits;
    int i = end;
    while (i - start > 1) {
      int above = rest / 100;
      int pair = 2 * (rest - 100 * above);
      target[--i] = PAIRS[pair + 1];
      target[--i] = PAIRS[pair];
      rest = above;
    }
    if (i > start) {
      target[start] = (byte) ('0' + rest);
    }
  }

  private static int length(long digits) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(digits | 1);
    int atMost = (bits * 1233) >> 12; // bits * log10(2)
    return (digits | 1) >= TENS[atMost] ? atMost + 1 : atMost;
  }
}
