package io.edgefrontier.analysis;

import java.util.Arrays;

/**
 * Sets aside forks that something else disturbed: those further from the median of their own side
 * than {@value #SPREADS} times the spread of both sides together.
 *
 * <p>No side is told from the other, and a difference between the sides plays no part. If more than
 * {@value #MOST_PERCENT} % of a side lie that far away they are a mode of its own and not a
 * disturbance: then all of that side are kept.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1974.10482962">Hampel, 1974: the identifier</a>
 */
public final class OutlyingForks {
  private static final int SPREADS = 5;
  private static final int MOST_PERCENT = 30;

  private OutlyingForks() {}

  /**
   * Returns the forks of a side without those that lie far away, in the same order.
   *
   * @param values of one side, each > 0
   * @param spread of the logarithms of both sides ({@link DetectableShift#spread}); 0 keeps all
   */
  public static double[] without(double[] values, double spread) {
    double median = Statistics.median(values);
    double[] kept = new double[values.length];
    int count = 0;
    for (double value : values) {
      if (spread == 0 || Math.abs(Math.log(value / median)) <= SPREADS * spread) {
        kept[count++] = value;
      }
    }
    return (values.length - count) * 100 > MOST_PERCENT * values.length
        ? values.clone()
        : Arrays.copyOf(kept, count);
  }
}
