package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedRankTest {
  @Test
  void equalsTheTablesOfTextbooks() {
    // All six on one side: 2 / 2^6.
    assertEquals(0.03125, SignedRank.pValue(1, 2, 3, 4, 5, 6), 1e-15);
    assertEquals(0.03125, SignedRank.pValue(-1, -2, -3, -4, -5, -6), 1e-15);
    // The smallest one on the other side: sums 0 and 1, so 4 / 2^6.
    assertEquals(0.0625, SignedRank.pValue(-1, 2, 3, 4, 5, 6), 1e-15);
    assertEquals(1, SignedRank.pValue(1, -1), 1e-15);
    assertEquals(1, SignedRank.pValue(0, 0), 0);
    assertEquals(1, SignedRank.pValue(), 0);
  }

  @Test
  void equalsEveryAssignmentOfSigns() {
    Random random = new Random(3);
    for (int trial = 0; trial < 200; trial++) {
      double[] values = new double[1 + random.nextInt(9)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(7) - 3; // ties and zeros
      }
      assertEquals(bruteForce(values), SignedRank.pValue(values), 1e-12, Arrays.toString(values));
    }
  }

  @Test
  void refusesMoreThanItCanCount() {
    assertThrows(IllegalArgumentException.class, () -> SignedRank.pValue(ones(201)));
    assertEquals(0, SignedRank.pValue(ones(200)), 1e-50);
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The share of all signs whose smaller rank sum is no larger than the one found. */
  private static double bruteForce(double[] differences) {
    double[] values = Arrays.stream(differences).filter(value -> value != 0).toArray();
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      for (double other : values) {
        double order = Math.abs(values[i]) - Math.abs(other);
        ranks[i] += order > 0 ? 1 : order == 0 ? 0.5 : 0;
      }
      ranks[i] += 0.5;
    }
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      found |= values[i] > 0 ? 1 << i : 0;
    }
    double smallest = smaller(ranks, found);
    int asRare = 0;
    for (int signs = 0; signs < 1 << values.length; signs++) {
      asRare += smaller(ranks, signs) <= smallest + 1e-9 ? 1 : 0;
    }
    return Math.min(1, asRare / Math.pow(2, values.length));
  }

  private static double smaller(double[] ranks, int positive) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < ranks.length; i++) {
      all += ranks[i];
      sum += (positive >> i & 1) == 1 ? ranks[i] : 0;
    }
    return Math.min(sum, all - sum);
  }
}
