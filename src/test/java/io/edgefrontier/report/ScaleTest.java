package io.edgefrontier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.1; 0.7; 0.1 0.2 0.3 0.4 0.5 0.6 0.7",
        "82.4; 99.4; 85 90 95",
        "0.0000011; 0.0000019; 0.0000012 0.0000014 0.0000016 0.0000018",
        "1234; 9876; 2000 4000 6000 8000",
        "-1; 1; -1.0 -0.5 0.0 0.5 1.0"
      })
  void ticksAreRoundNumbersWithinTheRange(double low, double high, String ticks) {
    Scale scale = Scale.linear(DoubleStream.of(low, high), 0, 100);

    assertEquals(List.of(ticks.strip().split(" ")), texts(scale));
  }

  @Test
  void mapsEndsToEnds() {
    Scale scale = Scale.linear(DoubleStream.of(0.1, 10, Double.NaN), 20, 120);

    assertEquals(20, scale.pixel(0.1), 1e-9);
    assertEquals(120, scale.pixel(10), 1e-9);
    assertEquals(120, scale.pixel(99), 1e-9);
  }

  @Test
  void wideningMovesNoValue() {
    Scale scale = Scale.linear(DoubleStream.of(1, 3), 400, 100);
    Scale wider = scale.widened(15);
    assertEquals(scale.pixel(2), wider.pixel(2), 1e-9);
    assertEquals(415, wider.pixel(-1e9), 1e-9);
    assertEquals(85, wider.pixel(1e9), 1e-9);
  }

  @Test
  void putsEqualValuesInTheMiddle() {
    assertEquals(50, Scale.linear(DoubleStream.of(0.25, 0.25), 0, 100).pixel(0.25), 1e-9);
    assertEquals(50, Scale.linear(DoubleStream.of(0), 0, 100).pixel(0), 1e-9);
  }

  private static List<String> texts(Scale scale) {
    return scale.ticks().stream().map(BigDecimal::toPlainString).toList();
  }
}
