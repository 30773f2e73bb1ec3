package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the rank test to the definition: every way to deal the values is tried. */
class RankTestOracleTest {
  @Test
  void agreesWithAllDealsWithAndWithoutTies() {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      int distinct = trial % 2 == 0 ? 4 : 1_000_000;
      double[] first = random.doubles(1 + random.nextInt(6), 0, distinct).map(Math::ceil).toArray();
      double[] second =
          random.doubles(1 + random.nextInt(6), 0, distinct).map(Math::ceil).toArray();
      assertEquals(
          byAllDeals(first, second),
          MannWhitney.pValue(first, second),
          1e-12,
          () -> Arrays.toString(first) + Arrays.toString(second));
    }
  }

  @Test
  void isExactForTwentyForksASide() {
    double[] first = new double[20];
    double[] second = new double[20];
    Arrays.setAll(first, i -> 1 + i / 4);
    Arrays.setAll(second, i -> 100 + i / 4);
    // Only the two deals that set all of one side apart: 2 / C(40, 20).
    assertEquals(2 / 137846528820.0, MannWhitney.pValue(first, second), 1e-22);
  }

  /** U of each deal counts pairs, half for a tie; as far from its mean as the one observed. */
  private static double byAllDeals(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    double observed = distance(all, (1 << first.length) - 1);
    int deals = 0;
    int extreme = 0;
    for (int deal = 0; deal < 1 << all.length; deal++) {
      if (Integer.bitCount(deal) == first.length) {
        deals++;
        extreme += distance(all, deal) >= observed ? 1 : 0;
      }
    }
    assertTrue(deals > 0);
    return (double) extreme / deals;
  }

  private static double distance(double[] all, int deal) {
    double u = 0;
    double pairs = 0;
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < all.length; j++) {
        if ((deal >> i & 1) == 1 && (deal >> j & 1) == 0) {
          pairs++;
          u += all[i] > all[j] ? 1 : all[i] == all[j] ? 0.5 : 0;
        }
      }
    }
    return Math.abs(u - pairs / 2);
  }
}
