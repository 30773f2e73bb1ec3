package io.edgefrontier.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Change points of a series: E-divisive with means, that is, with the plain distance of values.
 *
 * <p>Splits the series where the energy statistic is largest, as long as a permutation test says
 * that no order of the values within the parts found so far would split as well: at most 1 % of
 * {@value #PERMUTATIONS} orders. The orders are the same in every call, and so is the answer.
 *
 * @see EnergyScan
 */
public final class ChangePoints {
  /** The fewest points between two change points. */
  public static final int LEAST_SEGMENT = 3;

  /** The fewest points of a series in which change points are looked for. */
  public static final int LEAST_POINTS = 20;

  private static final int PERMUTATIONS = 499;
  private static final double LEVEL = 0.01;
  private static final long SEED = 20140901;
  // Sums of the same distances in another order may differ in the last digits.
  private static final double ROUNDING = 1 - 1e-9;

  private final double[] series;
  private final TreeSet<Integer> bounds = new TreeSet<>();
  private final Random random = new Random(SEED);

  private ChangePoints(double[] series) {
    this.series = series;
    bounds.add(0);
    bounds.add(series.length);
  }

  /**
   * A change point.
   *
   * @param index of the first value after the change
   * @param pValue of the permutation test
   */
  public record ChangePoint(int index, double pValue) {}

  /**
   * Returns the change points in the order of the series; none if it has fewer than {@value
   * #LEAST_POINTS} points.
   *
   * @throws IllegalArgumentException if a value is not finite
   */
  public static List<ChangePoint> of(double... series) {
    for (double value : series) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a series needs finite values, got " + value);
      }
    }
    return series.length < LEAST_POINTS ? List.of() : new ChangePoints(series.clone()).find();
  }

  /** Returns why a series of so many points has no change points; empty if it may have some. */
  public static String whyNone(int points) {
    return points < LEAST_POINTS
        ? "%d of the %d points that change points need".formatted(points, LEAST_POINTS)
        : "";
  }

  private List<ChangePoint> find() {
    List<ChangePoint> found = new ArrayList<>();
    while (true) {
      EnergyScan.Split split = best(series);
      if (split.index() < 0) {
        break;
      }
      double pValue = pValue(split.statistic());
      if (pValue > LEVEL) {
        break;
      }
      found.add(new ChangePoint(split.index(), pValue));
      bounds.add(split.index());
    }
    found.sort((a, b) -> Integer.compare(a.index(), b.index()));
    return List.copyOf(found);
  }

  /** Returns the best split of any part between the bounds. */
  private EnergyScan.Split best(double[] values) {
    EnergyScan.Split best = EnergyScan.Split.NONE;
    for (int from : bounds.headSet(values.length)) {
      EnergyScan.Split split = EnergyScan.best(values, from, bounds.higher(from), LEAST_SEGMENT);
      best = split.statistic() > best.statistic() ? split : best;
    }
    return best;
  }

  /** Returns the p-value, or some value above the level as soon as it is sure to be above it. */
  private double pValue(double observed) {
    int atLeast = 1; // the order observed is one of the orders
    double[] shuffled = series.clone();
    for (int i = 0; i < PERMUTATIONS; i++) {
      for (int from : bounds.headSet(series.length)) {
        shuffle(shuffled, from, bounds.higher(from));
      }
      if (best(shuffled).statistic() >= observed * ROUNDING) {
        atLeast++;
      }
      if (atLeast > LEVEL * (PERMUTATIONS + 1)) {
        return 1;
      }
    }
    return atLeast / (PERMUTATIONS + 1.0);
  }

  private void shuffle(double[] values, int from, int to) {
    for (int i = to - 1; i > from; i--) {
      int other = from + random.nextInt(i - from + 1);
      double value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }
}
