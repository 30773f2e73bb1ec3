package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
  @ParameterizedTest
  @CsvSource({
    "10.0, 10",
    "0.25, 0.25",
    "-3, -3",
    "-0.0, 0",
    "1e14, 100000000000000",
    "1e-5, 1.0E-5",
    "0.1, 0.1",
    "1e300, 1.0E300"
  })
  void spellsNumbersShort(double value, String text) {
    assertEquals(text, Decimals.text(value));
  }

  @Test
  void everyFiniteNumberComesBack() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Double.parseDouble(Decimals.text(value)));
      }
    }
  }

  /** Where {@link Double#toString(double)} is not the shortest, which is rare, ours is shorter. */
  @Test
  void spellsNumbersAsJavaDoes() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      double scale = Math.pow(10, random.nextInt(45) - 25);
      double value = (i % 2 == 0 ? random.nextGaussian() : random.nextInt(10_000)) * scale;
      String java = Double.toString(value);
      String text = Decimals.text(value);
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        assertEquals(Long.toString((long) value), text);
      } else if (text.length() >= java.length()) {
        assertEquals(java, text);
      }
      assertEquals(value, Double.parseDouble(text));
    }
  }

  @Test
  void absentIsEmptyAndInfiniteRefused() {
    assertEquals("", Decimals.text(Double.NaN));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Decimals.text(Double.POSITIVE_INFINITY));
    assertEquals("a number in a file must be finite, got Infinity", error.getMessage());
  }
}
