package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class OutlyingForksTest {
  @Test
  void setsAsideWhatLiesFurtherThanFiveSpreads() {
    double[] forks = {1.00, 1.02, 0.98, 1.01, 1.30, 0.99, 0.70};
    assertArrayEquals(
        new double[] {1.00, 1.02, 0.98, 1.01, 0.99}, OutlyingForks.without(forks, 0.02));
  }

  @Test
  void keepsASideWithASecondMode() {
    double[] forks = {1.00, 1.02, 0.98, 1.01, 1.30, 1.31, 1.32};
    assertArrayEquals(forks, OutlyingForks.without(forks, 0.02));
  }

  @Test
  void keepsAllWhereMostAreTheSame() {
    double[] forks = {1, 1, 1, 1, 1, 1, 1.001};
    assertArrayEquals(forks, OutlyingForks.without(forks, 0));
  }
}
