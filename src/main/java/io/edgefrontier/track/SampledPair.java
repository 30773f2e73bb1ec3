package io.edgefrontier.track;

import io.edgefrontier.analysis.Comparison;
import io.edgefrontier.analysis.DetectableShift;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.OutlyingForks;
import io.edgefrontier.analysis.Statistics;
import java.util.Arrays;

/** Two samples of one metric of one cell, with what the statistics say of them. */
record SampledPair(
    String key,
    Metric metric,
    Sample baseline,
    Sample candidate,
    ForkCounts kept,
    Basis basis,
    Comparison comparison,
    double spread) {
  /**
   * What slows the reference by some share slows its candidates by up to about twice that: short
   * calls feel a busy neighbour more than the reference does. Measured, see docs/decisions.md.
   */
  private static final double MACHINE_EXPONENT = 2;

  /** Numbers of forks that are compared. */
  record ForkCounts(int baseline, int candidate) {}

  /**
   * Returns the pair.
   *
   * <p>The better of two throughputs is the larger one, so there the roles are swapped: the ratio
   * is above 1 if the candidate is worse.
   *
   * @param basis of which both samples have values
   */
  static SampledPair of(String key, Metric metric, Basis basis, Sample baseline, Sample candidate) {
    double[] before = basis == Basis.RATIO ? baseline.ratios() : baseline.values();
    double[] after = basis == Basis.RATIO ? candidate.ratios() : candidate.values();
    double spread = DetectableShift.spread(before, after);
    before = OutlyingForks.without(before, spread);
    after = OutlyingForks.without(after, spread);
    Comparison comparison =
        metric.smallerIsBetter() ? Comparison.of(before, after) : Comparison.of(after, before);
    return new SampledPair(
        key,
        metric,
        baseline,
        candidate,
        new ForkCounts(before.length, after.length),
        basis,
        comparison,
        spread);
  }

  /** Returns what two samples can be compared by. */
  static Basis basis(Sample baseline, Sample candidate) {
    if (baseline.isPaired() && candidate.isPaired()) {
      return Basis.RATIO;
    }
    return baseline.hasValues() && candidate.hasValues() ? Basis.RAW : Basis.NONE;
  }

  /** Returns why raw values are compared or none are; empty if both sides are alike. */
  static String note(Sample baseline, Sample candidate) {
    if (baseline.isPaired() == candidate.isPaired()) {
      return "";
    }
    String without = baseline.isPaired() ? "candidate" : "baseline";
    String with = baseline.isPaired() ? "baseline" : "candidate";
    return basis(baseline, candidate) == Basis.RAW
        ? "the %s has no paired reference, so raw fork values are compared".formatted(without)
        : "the %s has no paired reference, and the raw fork values of the %s are not known"
            .formatted(without, with);
  }

  /** Returns which forks are not compared, and why; empty if all are. */
  String setAside() {
    int before = forks(baseline) - kept.baseline();
    int after = forks(candidate) - kept.candidate();
    return before + after == 0
        ? ""
        : "outlying forks set aside: %d of %d before, %d of %d now"
            .formatted(before, forks(baseline), after, forks(candidate));
  }

  private int forks(Sample sample) {
    return basis == Basis.RATIO ? sample.ratios().length : sample.values().length;
  }

  /** Returns the verdict for this adjusted p-value. */
  Verdict verdict(double adjustedP, Deltas deltas) {
    double typical = baseline.typical();
    Interval interval = comparison.interval();
    if (!interval.isPresent()) {
      return Verdict.INCONCLUSIVE;
    }
    if (isClear(adjustedP, deltas) && machineState().isEmpty()) {
      if (comparison.ratio() > 1 && interval.low() > 1) {
        return Verdict.REGRESSED;
      }
      if (comparison.ratio() < 1 && interval.high() < 1) {
        return Verdict.IMPROVED;
      }
    }
    return deltas.matters(metric, interval.low(), typical)
            || deltas.matters(metric, interval.high(), typical)
        ? Verdict.INCONCLUSIVE
        : Verdict.UNCHANGED;
  }

  /** Returns whether the forks differ by more than noise, and by enough to matter. */
  boolean isClear(double adjustedP, Deltas deltas) {
    return adjustedP < SampledRule.LEVEL
        && deltas.matters(metric, comparison.ratio(), baseline.typical());
  }

  /**
   * Returns why the ratio may come from the machine alone; empty if it is not paired or changed by
   * more than the reference's own time explains.
   */
  String machineState() {
    double change = reference(candidate) / reference(baseline);
    double explained = MACHINE_EXPONENT * Math.abs(Math.log(change));
    return Math.abs(Math.log(comparison.ratio())) > explained || !(explained > 0)
        ? ""
        : ("the reference took %.3g times as long, so the machine was in another state, which can"
                + " change a ratio by as much again")
            .formatted(change);
  }

  /** Returns the reference's median time; NaN where forks do not say. */
  private double reference(Sample sample) {
    double[] ratios = sample.ratios();
    double[] values = sample.values();
    if (basis != Basis.RATIO || values.length != ratios.length) {
      return Double.NaN;
    }
    Arrays.setAll(values, fork -> values[fork] / ratios[fork]);
    return Statistics.median(values);
  }
}
