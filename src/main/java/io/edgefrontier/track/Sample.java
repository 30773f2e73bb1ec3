package io.edgefrontier.track;

import java.util.Arrays;

/**
 * The values of one metric of one cell, one per fork, in the order of the forks.
 *
 * @param paired whether they are ratios to the paired reference rather than values in the unit
 * @param typical the metric's value in its unit, for tables; the median of {@code values} unless
 *     they are ratios
 */
public record Sample(double[] values, boolean paired, double typical) {
  public Sample {
    values = values.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sample sample
        && Arrays.equals(values, sample.values)
        && paired == sample.paired
        && Double.compare(typical, sample.typical) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
