package io.edgefrontier.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.energy.EnergyWindow;
import io.edgefrontier.result.MeterLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterEnergyTest {
  private static final double EPOCH = 1_763_842_000;

  @TempDir private Path folder;

  /** A log of readings each quarter of a second for a minute, of this power over its seconds. */
  private MeterLog log(DoubleUnaryOperator watts) throws IOException {
    StringBuilder text = new StringBuilder("timestamp,watts\n");
    for (double t = 0; t <= 60; t += 0.25) {
      double power = watts.applyAsDouble(t);
      if (!Double.isNaN(power)) {
        text.append(String.format(Locale.ROOT, "%.2f,%s%n", EPOCH + t, power));
      }
    }
    return MeterLog.read(Files.writeString(folder.resolve("wall.csv"), text));
  }

  private static EnergyWindow over(MeterLog log, double from, double to, double offset) {
    return MeterEnergy.over(log, EPOCH + from, EPOCH + to, offset);
  }

  @Test
  void isExactForPowerOnALineWhereverTheWindowCuts() throws IOException {
    MeterLog log = log(t -> 2 + 0.1 * t);

    EnergyWindow window = over(log, 10.1, 20.7, 0);

    double expected = 2 * 10.6 + 0.05 * (20.7 * 20.7 - 10.1 * 10.1);
    assertEquals(expected, window.joules(), 1e-5); // times are good to a quarter microsecond
    assertEquals("meter:wall.csv", window.source());
    assertEquals(42, window.updates());
    assertEquals(10.6, window.seconds(), 1e-6);
    assertEquals(EPOCH + 10.1, window.startSeconds());
    assertEquals("", window.problem());
  }

  @Test
  void countsReadingsOnBothEnds() throws IOException {
    EnergyWindow window = over(log(t -> 3), 10, 12.25, 0);

    assertEquals(10, window.updates());
    assertEquals(3 * 2.25, window.joules(), 1e-9);
  }

  @Test
  void tellsOneWindowFromItsNeighbour() throws IOException {
    MeterLog log = log(t -> t < 30 ? 2 : 8);

    assertEquals(20, over(log, 10, 20, 0).joules(), 1e-9);
    assertEquals(80, over(log, 40, 50, 0).joules(), 1e-9);
  }

  @Test
  void movesTheWindowByTheDifferenceOfTheClocks() throws IOException {
    MeterLog log = log(t -> t < 30 ? 2 : 8);

    EnergyWindow window = over(log, 10, 20, 30); // the meter's clock is half a minute ahead

    assertEquals(80, window.joules(), 1e-9);
    assertEquals(EPOCH + 10, window.startSeconds(), "by the machine's clock");
  }

  @Test
  void coversTheWholeLogButNoMore() throws IOException {
    MeterLog log = log(t -> 2);

    assertEquals(120, over(log, 0, 60, 0).joules(), 1e-9);
    assertInvalid(
        over(log, -0.5, 20, 0),
        "window 2025-11-22T20:06:39.500Z to 2025-11-22T20:07:00Z by the meter's clock is not"
            + " within its log, 2025-11-22T20:06:40Z to 2025-11-22T20:07:40Z");
    assertInvalid(over(log, 50, 60.001, 0), "is not within its log");
    assertInvalid(over(log, 500, 600, 0), "is not within its log");
  }

  @Test
  void needsTenReadingsInAtLeastASecond() throws IOException {
    MeterLog log = log(t -> 2);

    assertInvalid(over(log, 10, 10.9, 0), "window of 0.900 s, expected at least 1 s");
    assertInvalid(over(log, 10, 12, 0), "9 readings of the meter in 2.0 s, expected at least 10");
  }

  @Test
  void doesNotBridgeAHole() throws IOException {
    MeterLog log = log(t -> t > 14 && t < 17 ? Double.NaN : 2);

    assertInvalid(over(log, 10, 20, 0), "the meter gave no reading for 3.00 s of 10.0 s");
    assertInvalid(over(log, 15, 22, 0), "the meter gave no reading for 2.00 s of 7.0 s");
    assertTrue(over(log, 10, 30, 0).valid());
    assertTrue(over(log, 17, 22, 0).valid());
  }

  @Test
  void refusesEnergyThatIsNotPositive() throws IOException {
    assertInvalid(over(log(t -> -2), 10, 20, 0), "the meter shows -20.0 J, expected more than 0");
  }

  @Test
  void refusesAWindowThatEndsBeforeItStarts() throws IOException {
    MeterLog log = log(t -> 2);

    assertThrows(IllegalArgumentException.class, () -> over(log, 10, 10, 0));
    assertThrows(IllegalArgumentException.class, () -> over(log, Double.NaN, 10, 0));
  }

  private static void assertInvalid(EnergyWindow window, String problem) {
    assertFalse(window.valid());
    assertTrue(Double.isNaN(window.joules()));
    assertTrue(window.problem().contains(problem), window.problem());
  }
}
