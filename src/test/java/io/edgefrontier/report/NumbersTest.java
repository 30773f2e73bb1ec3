package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({"0.0625, 3, 0.063", "12, 2, 12.00", "-0.0004, 3, 0.000", "1e-9, 2, 0.00"})
  void fixesThePlaces(double value, int places, String text) {
    assertEquals(text, Numbers.fixed(value, places));
  }

  @ParameterizedTest
  @CsvSource({"10.0, 10", "0.25, 0.25", "1e-7, 0.0000001", "1e9, 1000000000", "-0.0, 0"})
  void spellsTheShortestDecimal(double value, String text) {
    assertEquals(text, Numbers.plain(value));
  }

  @ParameterizedTest
  @CsvSource({"0.10472, 0.105", "1483.7, 1480", "0.1, 0.1", "99.96, 100"})
  void roundsToSignificantDigits(double value, String text) {
    assertEquals(text, Numbers.significant(value, 3));
  }

  @Test
  void spellsWhatIsNotFiniteAsAbsent() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals("-", Numbers.fixed(value, 2));
      assertEquals("-", Numbers.plain(value));
      assertEquals("-", Numbers.significant(value, 2));
    }
  }

  @Test
  void takesThePlacesOfAColumnFromItsSmallestValue() {
    assertEquals(3, Numbers.places(DoubleStream.of(0.12, 40, Double.NaN, 0), 3));
    assertEquals(0, Numbers.places(DoubleStream.of(440, 8000), 3));
    assertEquals(0, Numbers.places(DoubleStream.empty(), 3));
    assertEquals(6, Numbers.places(DoubleStream.of(1e-12), 3));
  }

  @ParameterizedTest
  @CsvSource({"0.105, 3, 3", "12.108, 3, 3", "153.638, 2, 2", "1483.7, 3, 1", "250000, 3, 0"})
  void givesLargeValuesFewerPlaces(double value, int columnPlaces, int places) {
    assertEquals(places, Numbers.places(value, columnPlaces));
  }
}
