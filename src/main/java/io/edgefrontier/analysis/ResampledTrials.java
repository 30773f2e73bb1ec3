package io.edgefrontier.analysis;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;

/**
 * Trials of one archive against itself, made of forks drawn with replacement.
 *
 * <p>Two labels of one archive differ by chance only, so the forks of each are divided by their
 * median and all pooled. What then sets one side of a trial apart is a factor that is known.
 */
final class ResampledTrials {
  private static final int TRIALS = 1000;
  private static final double POWER = 0.8;

  /** Enough to break a tie. */
  private static final double EPSILON = 1e-9;

  private final double[] pool;
  private final long seed;

  /**
   * @param seed the same one gives the same trials
   */
  ResampledTrials(double[] first, double[] second, long seed) {
    this.pool = Arrays.copyOf(centred(first), first.length + second.length);
    System.arraycopy(centred(second), 0, pool, first.length, second.length);
    this.seed = seed;
  }

  private static double[] centred(double[] values) {
    double median = Statistics.median(values);
    return Arrays.stream(values).map(value -> value / median).toArray();
  }

  /**
   * Returns how often a trial gives one of these verdicts.
   *
   * @param factor by which the candidate is slower
   */
  TrialRate rate(int forksPerTrial, double factor, Set<Verdict> counted) {
    Random random = new Random(seed);
    int hits = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] baseline = draw(random, forksPerTrial);
      double[] candidate = scaled(draw(random, forksPerTrial), factor);
      Interval interval = Bootstrap.ofRatio(baseline, candidate);
      // Most intervals settle it, without the test that takes longer.
      if (counted.contains(Comparison.verdict(interval, 0))) {
        double pValue = MannWhitney.pValue(baseline, candidate);
        hits += counted.contains(Comparison.verdict(interval, pValue)) ? 1 : 0;
      }
    }
    return new TrialRate(hits, TRIALS, Interval.ABSENT);
  }

  /** Returns the smallest slow-down, as a share, that 80 % of trials find; NaN if there is none. */
  double detectable(int forks) {
    if (forks < Comparison.MIN_FORKS) {
      return Double.NaN;
    }
    Random random = new Random(seed);
    double[] factors = new double[TRIALS];
    for (int trial = 0; trial < TRIALS; trial++) {
      factors[trial] = smallestFactor(draw(random, forks), draw(random, forks));
    }
    Arrays.sort(factors);
    return Math.max(0, factors[(int) Math.ceil(POWER * TRIALS) - 1] - 1);
  }

  /** Returns the factor on the candidate beyond which this very trial would call it slower. */
  private static double smallestFactor(double[] baseline, double[] candidate) {
    // The interval scales with the candidate, so its part of the verdict has an exact threshold.
    // The test's lies there or at a later factor that lifts one value of it over one of the other.
    double[] factors = new double[1 + baseline.length * candidate.length];
    factors[0] = 1 / Bootstrap.ofRatio(baseline, candidate).low();
    int count = 1;
    for (double over : baseline) {
      for (double value : candidate) {
        factors[count++] = Math.max(factors[0], over / value);
      }
    }
    Arrays.sort(factors);
    int low = -1;
    int high = factors.length - 1; // beyond the last one all of the candidate is slower
    while (high - low > 1) {
      int middle = low < 0 ? 0 : (low + high) / 2; // the first one mostly is enough
      double[] slowed = scaled(candidate, factors[middle] * (1 + EPSILON));
      if (Comparison.isSignificant(MannWhitney.pValue(baseline, slowed))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return factors[high];
  }

  private double[] draw(Random random, int forks) {
    double[] drawn = new double[forks];
    Arrays.setAll(drawn, i -> pool[random.nextInt(pool.length)]);
    return drawn;
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }
}
