package io.edgefrontier.analysis;

/**
 * An interval that covers the true value with 95 % confidence; both ends NaN if there is none.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
  /** No interval. */
  public static final Interval ABSENT = new Interval(Double.NaN, Double.NaN);

  /** Returns whether both ends are known. */
  public boolean isPresent() {
    return low <= high;
  }
}
