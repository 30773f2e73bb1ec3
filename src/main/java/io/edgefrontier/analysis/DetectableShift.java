package io.edgefrontier.analysis;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The smallest slow-down that the rule of tracking finds in 80 % of runs, for given numbers of
 * forks and of cells.
 *
 * <p>The rule wants a Mann-Whitney p below 5 % after Holm's adjustment (here its first and hardest
 * step), a bootstrap lower bound above 1 and a ratio above {@code 1 + delta}. In units of the
 * spread of the logarithms the first two depend on nothing but the numbers of forks and cells, so
 * trials of them, with a fixed seed, are run once for all cells alike; what they say of a cell's
 * own spread is then read from a table. The trials' forks are normal: outlying ones are set aside
 * ({@link OutlyingForks}).
 */
public final class DetectableShift {
  private static final int TRIALS = 1000;
  private static final long SEED = 1;
  private static final double POWER = 0.8;
  private static final double LEVEL = 0.05;

  /** Of a normal distribution: its standard deviation over its median absolute deviation. */
  private static final double SD_PER_MAD = 1.482602218505602;

  /** Spread of the trials: small enough that logarithms and ratios are the same. */
  private static final double UNIT = 0.001;

  /** Beyond this many forks a side the shift falls with the square root of their number. */
  private static final int MOST_FORKS = 40;

  private static final double STEP = 0.125;
  private static final int STEPS = 160;

  // Worked out once for all runs that are compared; there are few combinations of these.
  private static final Map<Limits, double[]> TABLES = new ConcurrentHashMap<>();

  private final double[] shifts;
  private final double scale;

  /** Numbers of forks, and of pairs of them that may be the wrong way. */
  private record Limits(int first, int second, int most) {}

  private DetectableShift(double[] shifts, double scale) {
    this.shifts = shifts;
    this.scale = scale;
  }

  /**
   * Returns what can be found with these numbers.
   *
   * @param baselineForks at least 1
   * @param candidateForks at least 1
   * @param cells that Holm's adjustment goes over, at least 1
   */
  public static DetectableShift of(int baselineForks, int candidateForks, int cells) {
    int first = Math.min(baselineForks, MOST_FORKS);
    int second = Math.min(candidateForks, MOST_FORKS);
    int most = largestSignificant(first, second, LEVEL / cells);
    if (most < 0 || first < 2 || second < 2) {
      return new DetectableShift(new double[0], Double.NaN);
    }
    double scale =
        Math.sqrt((1.0 / baselineForks + 1.0 / candidateForks) / (1.0 / first + 1.0 / second));
    return new DetectableShift(
        TABLES.computeIfAbsent(
            new Limits(first, second, most), limits -> table(first, second, most)),
        scale);
  }

  /** Returns whether such forks can show anything at all, however slow the candidate is. */
  public boolean isPossible() {
    return shifts.length > 0;
  }

  /**
   * Returns the slow-down as a share, 0.02 for 2 %; NaN if there is none.
   *
   * @param spread standard deviation of the logarithms of the forks, >= 0
   * @param delta the smallest ratio that matters, less 1
   */
  public double share(double spread, double delta) {
    if (!isPossible()) {
      return Double.NaN;
    }
    double threshold = Math.log1p(delta);
    double unit = spread * scale;
    if (threshold >= STEPS * STEP * unit) {
      return Math.expm1(threshold + (shifts[STEPS] - STEPS * STEP) * unit);
    }
    double place = threshold / unit / STEP;
    int below = (int) place;
    double shift = shifts[below] + (place - below) * (shifts[below + 1] - shifts[below]);
    return Math.expm1(shift * unit);
  }

  /**
   * Returns the pooled spread of two samples: 1.48 times the median absolute deviation of the
   * logarithms from their own median, which outliers do not change.
   *
   * @param baseline values > 0
   * @param candidate values > 0
   */
  public static double spread(double[] baseline, double[] candidate) {
    double[] deviations = Arrays.copyOf(deviations(baseline), baseline.length + candidate.length);
    System.arraycopy(deviations(candidate), 0, deviations, baseline.length, candidate.length);
    // Each side's median is fitted to it: the usual correction for what that takes away.
    double freedom = Math.max(1, deviations.length - 2);
    return SD_PER_MAD * Statistics.median(deviations) * Math.sqrt(deviations.length / freedom);
  }

  private static double[] deviations(double[] values) {
    double median = Statistics.median(values);
    return Arrays.stream(values).map(value -> Math.abs(Math.log(value / median))).toArray();
  }

  /** Returns for each multiple of the step as the threshold the shift that 80 % of trials find. */
  private static double[] table(int first, int second, int most) {
    Random random = new Random(SEED);
    double[] needed = new double[TRIALS];
    double[] excess = new double[TRIALS];
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] baseline = draw(random, first);
      double[] candidate = draw(random, second);
      double low = Bootstrap.ofRatio(exponentials(baseline), exponentials(candidate)).low();
      needed[trial] = Math.max(-Math.log(low) / UNIT, rankShift(baseline, candidate, most));
      excess[trial] = Statistics.median(candidate) - Statistics.median(baseline);
    }
    double[] shifts = new double[STEPS + 1];
    double[] smallest = new double[TRIALS];
    for (int step = 0; step <= STEPS; step++) {
      for (int trial = 0; trial < TRIALS; trial++) {
        smallest[trial] = Math.max(needed[trial], step * STEP - excess[trial]);
      }
      Arrays.sort(smallest);
      shifts[step] = Math.max(0, smallest[(int) Math.ceil(POWER * TRIALS) - 1]);
    }
    return shifts;
  }

  private static double[] draw(Random random, int forks) {
    double[] drawn = new double[forks];
    Arrays.setAll(drawn, i -> random.nextGaussian());
    return drawn;
  }

  private static double[] exponentials(double[] logarithms) {
    return Arrays.stream(logarithms).map(value -> Math.exp(value * UNIT)).toArray();
  }

  /** Returns the shift of the candidate from which on at most so many pairs are the wrong way. */
  private static double rankShift(double[] baseline, double[] candidate, int most) {
    double[] differences = new double[baseline.length * candidate.length];
    int count = 0;
    for (double over : baseline) {
      for (double value : candidate) {
        differences[count++] = over - value;
      }
    }
    Arrays.sort(differences);
    return differences[differences.length - 1 - most];
  }

  /**
   * Returns the largest number of pairs, of all pairs of a baseline and a candidate fork without
   * ties, that may be the wrong way for a p-value below this; -1 if none may.
   */
  private static int largestSignificant(int first, int second, double level) {
    int low = -1;
    int high = first * second / 2 + 1;
    while (high - low > 1) {
      int middle = low + (high - low) / 2;
      if (pValue(first, second, middle) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double pValue(int first, int second, int wrong) {
    double[] baseline = new double[first];
    double[] candidate = new double[second];
    Arrays.setAll(candidate, i -> i + 1);
    // Each baseline fork stands above as many of the candidate's as are still to be the wrong way.
    int left = wrong;
    for (int i = first - 1; i >= 0; i--) {
      int above = Math.min(left, second);
      baseline[i] = above + (i + 1.0) / (first + 1);
      left -= above;
    }
    return MannWhitney.pValue(baseline, candidate);
  }
}
