package io.edgefrontier.analysis;

import java.util.List;

/**
 * The comparison of two samples of times, one per fork: the one rule by which Edge Frontier calls
 * one thing slower than another.
 *
 * <p>They differ if the exact Mann-Whitney test says so at 5 % <em>and</em> the 95 % bootstrap
 * interval of the ratio of their medians excludes 1. The test alone would also flag a change of
 * spread; the interval alone is too narrow for few forks. With fewer than {@value #MIN_FORKS} forks
 * on a side of equal size the test cannot reach 5 %.
 *
 * @param baselineForks values of the baseline
 * @param candidateForks values of the candidate
 * @param ratio the candidate's median divided by the baseline's
 * @param interval of the ratio; absent with fewer than two forks on a side
 * @param pValue of the Mann-Whitney test, two-sided
 */
public record Comparison(
    int baselineForks, int candidateForks, double ratio, Interval interval, double pValue) {
  /** The fewest forks a side, on both, with which anything can be told apart. */
  public static final int MIN_FORKS = 4;

  private static final double LEVEL = 0.05;

  /**
   * Compares two samples.
   *
   * @param baseline one score > 0 per fork, at least one
   * @param candidate likewise
   */
  public static Comparison of(List<Double> baseline, List<Double> candidate) {
    return of(
        baseline.stream().mapToDouble(Double::doubleValue).toArray(),
        candidate.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Compares two samples.
   *
   * @param baseline one score > 0 per fork, at least one
   * @param candidate likewise
   */
  public static Comparison of(double[] baseline, double[] candidate) {
    check("baseline", baseline);
    check("candidate", candidate);
    return new Comparison(
        baseline.length,
        candidate.length,
        Statistics.median(candidate) / Statistics.median(baseline),
        Bootstrap.ofRatio(baseline, candidate),
        MannWhitney.pValue(baseline, candidate));
  }

  private static void check(String which, double[] values) {
    for (double value : values) {
      if (!(value > 0) || Double.isInfinite(value)) { // also rejects NaN
        throw new IllegalArgumentException(
            "a score of the %s must be finite and > 0, got %s".formatted(which, value));
      }
    }
    if (values.length == 0) {
      throw new IllegalArgumentException("the %s has no fork, needs at least 1".formatted(which));
    }
  }

  /** Returns whether the candidate is slower, faster or neither. */
  public Verdict verdict() {
    return verdict(interval, pValue);
  }

  static Verdict verdict(Interval ratio, double pValue) {
    if (!isSignificant(pValue)) {
      return Verdict.INDISTINCT;
    }
    if (ratio.low() > 1) {
      return Verdict.SLOWER;
    }
    return ratio.high() < 1 ? Verdict.FASTER : Verdict.INDISTINCT;
  }

  static boolean isSignificant(double pValue) {
    return pValue < LEVEL;
  }
}
