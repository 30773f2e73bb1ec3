package io.edgefrontier.analysis;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * How often trials, each of some forks of one label against as many of another, gave the verdict
 * that is counted.
 *
 * @param hits trials with that verdict
 * @param trials of how many
 * @param interval Wilson's, of the share of hits; absent for trials that are no evidence of their
 *     own because they share forks
 */
public record TrialRate(long hits, long trials, Interval interval) {
  /** The verdicts that a trial of equals must not give. */
  static final Set<Verdict> DIFFERENT = EnumSet.of(Verdict.SLOWER, Verdict.FASTER);

  /** The verdict that a trial against a slower label must give. */
  static final Set<Verdict> SLOWER = EnumSet.of(Verdict.SLOWER);

  public TrialRate {
    if (hits < 0 || hits > trials) {
      throw new IllegalArgumentException(
          "hits must be in [0, trials], got %s of %s".formatted(hits, trials));
    }
  }

  /**
   * Returns the rate over as many trials as there are forks for, where no two trials share a fork:
   * the first trial has the first forks of both labels, and so on.
   */
  static TrialRate disjoint(
      double[] baseline, double[] candidate, int forksPerTrial, Set<Verdict> counted) {
    int trials = Math.min(baseline.length, candidate.length) / forksPerTrial;
    int hits = 0;
    for (int trial = 0; trial < trials; trial++) {
      int from = trial * forksPerTrial;
      Verdict verdict =
          Comparison.of(
                  Arrays.copyOfRange(baseline, from, from + forksPerTrial),
                  Arrays.copyOfRange(candidate, from, from + forksPerTrial))
              .verdict();
      hits += counted.contains(verdict) ? 1 : 0;
    }
    return new TrialRate(hits, trials, Statistics.wilson(hits, trials));
  }

  /** Returns the share of hits, NaN without a trial. */
  public double share() {
    return trials == 0 ? Double.NaN : (double) hits / trials;
  }
}
