package io.edgefrontier.analysis;

/** The standard normal distribution. */
final class Normal {
  /** From here on the continued fraction needs fewer terms than the series. */
  private static final double FAR = 3;

  private static final int FRACTION_TERMS = 200;

  private Normal() {}

  /**
   * Returns the probability of more than {@code z}, to 1e-12 of itself.
   *
   * @param z at least 0
   * @see <a href="https://dlmf.nist.gov/7.9">Digital Library of Mathematical Functions, 7.9.1</a>
   */
  static double upperTail(double z) {
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    return z < FAR ? 0.5 - density * series(z) : density * fraction(z);
  }

  /** z + z^3 / 3 + z^5 / (3 * 5) + ... */
  private static double series(double z) {
    double term = z;
    double sum = 0;
    for (int odd = 3; sum + term != sum; odd += 2) {
      sum += term;
      term *= z * z / odd;
    }
    return sum;
  }

  /** 1 / (z + 1 / (z + 2 / (z + 3 / (z + ...)))). */
  private static double fraction(double z) {
    double value = z;
    for (int k = FRACTION_TERMS; k >= 1; k--) {
      value = z + k / value;
    }
    return 1 / value;
  }
}
