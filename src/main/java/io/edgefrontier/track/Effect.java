package io.edgefrontier.track;

import io.edgefrontier.analysis.Interval;

/**
 * How large a change is and how sure. Ratios above 1 are worse, whatever the metric's direction;
 * what is not known is NaN.
 *
 * @param ratio of the medians
 * @param interval 95 % bootstrap interval of the ratio; absent with fewer than two forks on a side
 * @param pValue two-sided: exact Mann-Whitney for samples, exact McNemar for accuracy
 * @param adjustedP the p-value after Holm's adjustment over the metric's cells
 * @param detectable the slow-down, as a share, that so many forks of this spread show in 80 % of
 *     runs; NaN where they can show none
 * @param basis what was compared
 * @param baselineForks number that was compared, without those set aside; 0 where there are none
 * @param candidateForks likewise
 */
public record Effect(
    double ratio,
    Interval interval,
    double pValue,
    double adjustedP,
    double detectable,
    Basis basis,
    int baselineForks,
    int candidateForks) {
  /** Nothing is known. */
  public static final Effect NONE = ofRatio(Double.NaN);

  static Effect ofRatio(double ratio) {
    return ofTest(ratio, Double.NaN, Double.NaN);
  }

  static Effect ofTest(double ratio, double pValue, double adjustedP) {
    return new Effect(ratio, Interval.ABSENT, pValue, adjustedP, Double.NaN, Basis.NONE, 0, 0);
  }
}
