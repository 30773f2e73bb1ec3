package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void multipliesByTheNumberOfHypothesesThatAreLeft() {
    // By hand: 0.01 x 4, 0.02 x 3, 0.03 x 2 (no less than the one before), 0.5 x 1.
    assertArrayEquals(
        new double[] {0.5, 0.06, 0.04, 0.06}, Holm.adjust(0.5, 0.02, 0.01, 0.03), 1e-15);
  }

  @Test
  void neverExceedsOneAndTreatsEqualOnesAlike() {
    assertArrayEquals(new double[] {1, 1, 0.12}, Holm.adjust(0.6, 0.6, 0.04), 1e-15);
    assertArrayEquals(new double[0], Holm.adjust());
    assertArrayEquals(new double[] {0.03}, Holm.adjust(0.03));
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (double p : new double[] {Double.NaN, -0.1, 1.1}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Holm.adjust(0.5, p)).getMessage();
      assertEquals("a p-value is in [0, 1], got " + p, message);
    }
  }
}
