package io.edgefrontier.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final double Z = 1.959963984540054;

  @Test
  void dividesWithTheIntervalThatSimulationGives() {
    double first = 0.02;
    double second = 0.05;
    Random random = new Random(7);
    double[] ratios = new double[400_000];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = 0.5 * Math.exp(first * random.nextGaussian() - second * random.nextGaussian());
    }
    Arrays.sort(ratios);

    Figure ratio = logNormal(2, first).over(logNormal(4, second));

    assertEquals(0.5, ratio.value(), 1e-12);
    assertEquals(ratios[(int) (0.025 * ratios.length)], ratio.low(), 0.001);
    assertEquals(ratios[(int) (0.975 * ratios.length)], ratio.high(), 0.001);
  }

  private static Figure logNormal(double value, double spread) {
    return new Figure(value, value * Math.exp(-Z * spread), value * Math.exp(Z * spread));
  }

  @Test
  void hasNoIntervalWhereOneIsMissing() {
    Figure ratio = Figure.of(1).over(new Figure(2, 1, 3));

    assertEquals(0.5, ratio.value());
    assertFalse(ratio.hasInterval());
    assertFalse(new Figure(2, 0, 3).over(new Figure(2, 1, 3)).hasInterval());
  }

  @Test
  void isAbsentWhereThereIsNothingToDivide() {
    assertFalse(Figure.ABSENT.over(Figure.of(1)).isPresent());
    assertFalse(Figure.of(1).over(Figure.ABSENT).isPresent());
    assertFalse(Figure.of(1).over(Figure.of(0)).isPresent());
  }

  @Test
  void turnsTheIntervalRoundWhereTheFunctionFalls() {
    assertEquals(new Figure(500, 250, 1000), new Figure(2, 1, 4).falling(ms -> 1000 / ms));
  }
}
