package io.edgefrontier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.result.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinnedSamplesTest {
  @Test
  void countsEverySampleOnce() {
    double[] values = samples(5000);
    BinnedSamples binned = BinnedSamples.of(Histogram.of(values), 1, 48);
    assertEquals(48, binned.bins().size());
    long inBins = binned.bins().stream().mapToLong(BinnedSamples.Bin::count).sum();
    assertEquals(5000, inBins + binned.beyond());
    assertEquals(25, binned.beyond());
    Arrays.sort(values);
    assertEquals(
        List.of(values[0], values[1249], values[2499], values[3749], values[4999]),
        binned.quantiles());
  }

  @Test
  void putsEachSampleIntoTheBinAroundIt() {
    double[] values = samples(2000);
    BinnedSamples binned = BinnedSamples.of(Histogram.of(values), 1, 20);
    double half = Math.sqrt(binned.bins().get(1).ms() / binned.bins().get(0).ms());
    for (BinnedSamples.Bin bin : binned.bins()) {
      double low = bin.ms() / half * (1 - 1e-12);
      double high = bin.ms() * half * (1 + 1e-12);
      long within = Arrays.stream(values).filter(value -> value >= low && value <= high).count();
      assertEquals(within, bin.count(), () -> "around " + bin.ms());
    }
  }

  @Test
  void keepsASlowOutlierFromSqueezingTheRest() {
    double[] values = samples(2000);
    values[17] = 1000;
    BinnedSamples binned = BinnedSamples.of(Histogram.of(values), 1, 30);
    assertEquals(1000, binned.quantiles().get(4));
    assertTrue(binned.bins().get(29).ms() < 2, binned::toString);
  }

  @Test
  void givesFewSamplesFewBins() {
    assertEquals(3, BinnedSamples.of(Histogram.of(1.0, 2.0), 1, 48).bins().size());
    assertEquals(13, BinnedSamples.of(Histogram.of(samples(100)), 1, 48).bins().size());
  }

  @Test
  void appliesTheLatencyMultiplier() {
    BinnedSamples once = BinnedSamples.of(Histogram.of(samples(100)), 1, 10);
    BinnedSamples twice = BinnedSamples.of(Histogram.of(samples(100)), 2, 10);
    for (int i = 0; i < 10; i++) {
      assertEquals(2 * once.bins().get(i).ms(), twice.bins().get(i).ms(), 1e-9);
      assertEquals(once.bins().get(i).count(), twice.bins().get(i).count());
    }
    assertEquals(2 * once.quantiles().get(2), twice.quantiles().get(2), 1e-9);
  }

  @Test
  void hasOneBinWhereAllSamplesAreTheSame() {
    BinnedSamples binned =
        BinnedSamples.of(Histogram.of(new double[] {0.5}, new long[] {300}), 1, 48);
    assertEquals(List.of(new BinnedSamples.Bin(0.5, 300)), binned.bins());
    assertEquals(0, binned.beyond());
  }

  private static double[] samples(int count) {
    Random random = new Random(count);
    return random.doubles(count).map(value -> 0.3 + 0.2 * value).toArray();
  }
}
