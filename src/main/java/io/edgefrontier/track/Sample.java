package io.edgefrontier.track;

import java.util.Arrays;

/**
 * The values of one metric of one cell, one per fork, in the order of the forks.
 *
 * <p>A paired sample has for each fork the ratio to the reference of that fork, in which the drift
 * of the machine cancels; its values in the unit are there too where they are known.
 */
public final class Sample {
  private static final double[] NONE = {};

  private final double[] values;
  private final double[] ratios;
  private final double typical;

  private Sample(double[] values, double[] ratios, double typical) {
    this.values = values;
    this.ratios = ratios;
    this.typical = typical;
  }

  /**
   * Returns a sample without reference.
   *
   * @param values in the metric's unit, one per fork, each finite and > 0
   */
  public static Sample of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a sample needs a fork; leave the metric out instead");
    }
    return new Sample(positive("value", values), NONE, median(values));
  }

  /**
   * Returns a paired sample.
   *
   * @param ratios to the fork's own reference, one per fork, each finite and > 0
   * @param values in the metric's unit, one per fork, each finite and > 0; empty where not known
   * @param typical the metric's value in its unit, for tables and floors
   */
  public static Sample paired(double[] ratios, double[] values, double typical) {
    if (ratios.length == 0) {
      throw new IllegalArgumentException("a paired sample needs a fork; use of() without ratios");
    }
    return new Sample(
        positive("value", values),
        positive("ratio", ratios),
        positive("typical value", typical)[0]);
  }

  private static double[] positive(String what, double... numbers) {
    for (double number : numbers) {
      if (!(number > 0) || Double.isInfinite(number)) { // also rejects NaN
        throw new IllegalArgumentException(
            "a %s of a fork must be finite and > 0, got %s; leave the fork out"
                .formatted(what, number));
      }
    }
    return numbers.clone();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = sorted[(sorted.length - 1) / 2];
    return low + (sorted[sorted.length / 2] - low) / 2;
  }

  /** Returns the values in the metric's unit, one per fork; empty where only ratios are known. */
  public double[] values() {
    return values.clone();
  }

  /** Returns the ratios to the reference, one per fork; empty without reference. */
  public double[] ratios() {
    return ratios.clone();
  }

  /** Returns whether there are ratios to a reference. */
  public boolean isPaired() {
    return ratios.length > 0;
  }

  /** Returns whether there are values in the metric's unit. */
  public boolean hasValues() {
    return values.length > 0;
  }

  /** Returns the metric's value in its unit: the median of the values unless it is paired. */
  public double typical() {
    return typical;
  }

  /** Returns the number of forks: of ratios if it is paired, else of values. */
  public int forks() {
    return isPaired() ? ratios.length : values.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sample sample
        && Arrays.equals(values, sample.values)
        && Arrays.equals(ratios, sample.ratios)
        && Double.compare(typical, sample.typical) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(ratios);
  }

  @Override
  public String toString() {
    return "Sample[values=%s, ratios=%s, typical=%s]"
        .formatted(Arrays.toString(values), Arrays.toString(ratios), typical);
  }
}
