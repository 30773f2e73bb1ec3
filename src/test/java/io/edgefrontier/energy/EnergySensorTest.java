package io.edgefrontier.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows over a tree whose time the test tells. */
class EnergySensorTest {
  private static final String COUNTER = "powercap/intel-rapl:0/energy_uj";
  private static final double EPOCH = 1_763_842_456.25;

  @TempDir private Path root;
  private FakeSys sys;
  private EnergySensor sensor;

  @BeforeEach
  void plantTree() {
    sys = new FakeSys(root);
  }

  @AfterEach
  void close() {
    sensor.close();
  }

  /** What the tree shows at a step of a window. */
  @FunctionalInterface
  private interface Story {
    void tell(int step) throws IOException;
  }

  private void open(String specification) throws IOException {
    sensor = EnergySensors.find(specification, root).sensor().orElseThrow();
  }

  /** Runs a window of steps that are {@code millis} apart; step 0 is its start. */
  private EnergyWindow window(int steps, long millis, Story story) throws IOException {
    for (int step = 0; step <= steps; step++) {
      story.tell(step);
      long nanos = TimeUnit.MILLISECONDS.toNanos(step * millis);
      if (step == 0) {
        sensor.begin(EPOCH, nanos);
      } else if (step < steps) {
        sensor.sample(nanos);
      }
    }
    return sensor.end(TimeUnit.MILLISECONDS.toNanos(steps * millis));
  }

  private void onePackage() throws IOException {
    sys.zone("intel-rapl:0", "package-0", 0);
    open("powercap");
  }

  @Test
  void countsTheJoulesOfAWindow() throws IOException {
    onePackage();

    EnergyWindow window = window(40, 50, step -> sys.put(COUNTER, 7_000_000 + step * 500_000L));

    assertEquals(
        new EnergyWindow("powercap:package-0", EPOCH, 2, 20, 40, ""), window, "10 W for 2 s");
    assertEquals(EPOCH + 2, window.endSeconds());
    assertEquals(10, window.watts());
    assertEquals(14, window.netJoules(3));
    assertEquals(-4, window.netJoules(12), "noise is kept");
  }

  @Test
  void followsACounterThatStartsAgainFromZero() throws IOException {
    onePackage();
    long start = FakeSys.RANGE - 5_000_000;

    EnergyWindow window =
        window(40, 50, step -> sys.put(COUNTER, (start + step * 500_000L) % FakeSys.RANGE));

    assertEquals(20, window.joules(), 1e-9);
  }

  @Test
  void sumsPackagesAndCountsTheUpdatesOfTheSlowest() throws IOException {
    sys.twoPackages();
    open("powercap");

    EnergyWindow window =
        window(
            40,
            50,
            step -> {
              sys.put(COUNTER, step * 500_000L);
              sys.put("powercap/intel-rapl:1/energy_uj", step / 2 * 100_000L);
            });

    assertEquals(20 + 2, window.joules(), 1e-9);
    assertEquals(20, window.updates());
  }

  @Test
  void doesNotTakeAResetForAWrap() throws IOException {
    onePackage();

    EnergyWindow window = window(40, 50, step -> sys.put(COUNTER, step < 20 ? 9_000_000 : step));

    assertInvalid(window, "rose by 262134.3 J in 1.000 s, more than 5000 W; was it reset?");
  }

  @Test
  void doesNotGuessHowOftenACounterWrappedUnseen() throws IOException {
    onePackage();

    EnergyWindow window = window(20, 60_000, step -> sys.put(COUNTER, step * 500_000L));

    assertInvalid(window, "was not sampled for 60 s, in which it may have wrapped more than once");
  }

  @Test
  void doesNotGuessTheRangeOfACounter() throws IOException {
    sys.put("hwmon/hwmon0/name", "ina238");
    sys.put("hwmon/hwmon0/energy1_input", 0);
    open("hwmon");

    EnergyWindow rising =
        window(40, 50, step -> sys.put("hwmon/hwmon0/energy1_input", step * 500_000L));
    EnergyWindow falling =
        window(40, 50, step -> sys.put("hwmon/hwmon0/energy1_input", 40_000_000 - step));

    assertEquals(20, rising.joules(), 1e-9);
    assertInvalid(falling, "fell from 40000000 to 39999999 and its range is not known");
  }

  @Test
  void givesNoEnergyOfASensorThatFreezes() throws IOException {
    sys.twoPackages();
    open("powercap");

    EnergyWindow window = window(40, 50, step -> sys.put(COUNTER, step * 500_000L));

    assertInvalid(window, "package-1 did not change in 2.0 s; it is frozen");
    assertEquals(0, window.updates());
  }

  @Test
  void givesNoEnergyWhenAReadFails() throws IOException {
    onePackage();

    EnergyWindow window =
        window(40, 50, step -> sys.put(COUNTER, step == 20 ? "" : step * 500_000L));

    assertInvalid(window, COUNTER + ": found '', expected a whole number");
    assertTrue(window(40, 50, step -> sys.put(COUNTER, step * 500_000L)).valid(), "the next may");
  }

  @Test
  void givesNoEnergyWhenTheFirstReadFails() throws IOException {
    onePackage();

    EnergyWindow window = window(40, 50, step -> sys.put(COUNTER, step == 0 ? "?" : step));

    assertInvalid(window, "found '?'");
  }

  @Test
  void givesNoEnergyOfAShortWindow() throws IOException {
    onePackage();

    EnergyWindow window = window(19, 50, step -> sys.put(COUNTER, step * 500_000L));

    assertInvalid(window, "window of 0.950 s, expected at least 1 s");
  }

  @Test
  void givesNoEnergyOfFewUpdates() throws IOException {
    onePackage();

    EnergyWindow window = window(40, 50, step -> sys.put(COUNTER, step / 4 * 500_000L + 1));
    EnergyWindow nine = window(36, 50, step -> sys.put(COUNTER, step / 4 * 500_000L + 1));

    assertTrue(window.valid());
    assertEquals(10, window.updates());
    assertInvalid(
        nine, "package-0 was updated 9 times in 1.8 s, expected at least 10; use longer windows");
  }

  @Test
  void integratesPowerByTheTrapezoidRule() throws IOException {
    sys.put("hwmon/hwmon0/name", "ina226");
    sys.put("hwmon/hwmon0/power1_input", 0);
    open("hwmon:ina226/power1");

    EnergyWindow window =
        window(40, 50, step -> sys.put("hwmon/hwmon0/power1_input", 2_000_000 + step * 150_000L));

    assertEquals(2 * 2 + 3 * 2 * 2 / 2.0, window.joules(), 1e-9, "2 W + 3 W/s over 2 s");
    assertEquals(40, window.updates());
  }

  @Test
  void multipliesVoltageAndCurrent() throws IOException {
    sys.jetson();
    open("auto");

    EnergyWindow window =
        window(40, 50, step -> sys.put("hwmon/hwmon1/curr1_input", step % 2 == 0 ? 900 : 1100));

    assertEquals(5 * 1.0 * 2, window.joules(), 1e-9, "5 V x 1 A x 2 s");
  }

  @Test
  void countsUpdatesThatTheDriverStates() throws IOException {
    sys.jetson();
    sys.put("hwmon/hwmon1/update_interval", 100);
    open("auto");

    EnergyWindow steady =
        window(40, 50, step -> sys.put("hwmon/hwmon1/curr1_input", step < 2 ? 1001 : 1000));
    EnergyWindow frozen = window(40, 50, step -> sys.put("hwmon/hwmon1/curr1_input", 1000));

    assertEquals(20, steady.updates());
    assertTrue(steady.valid());
    assertInvalid(frozen, "it is frozen");
  }

  @Test
  void doesNotBridgeAHoleInTheSamplesOfAPower() throws IOException {
    sys.jetson();
    open("auto");

    EnergyWindow window =
        window(12, 1000, step -> sys.put("hwmon/hwmon1/curr1_input", 1000 + step));
    sensor.begin(EPOCH, 0);
    EnergyWindow hole = sensor.end(TimeUnit.SECONDS.toNanos(3));

    assertTrue(window.valid(), window.problem());
    assertInvalid(hole, "ina3221/VDD_IN was not sampled for 3.00 s of 3.0 s");
  }

  @Test
  void measuresABatteryOnlyWhileItDischarges() throws IOException {
    sys.battery("BAT0", "Discharging");
    open("battery");

    EnergyWindow window =
        window(
            40,
            50,
            step -> sys.put("power_supply/BAT0/current_now", step % 2 == 0 ? 1_100_000 : -900_000));
    EnergyWindow plugged =
        window(
            40,
            50,
            step -> {
              sys.put("power_supply/BAT0/current_now", step);
              sys.put("power_supply/BAT0/status", step < 20 ? "Discharging" : "Charging");
            });

    assertEquals(12 * 1.0 * 2, window.joules(), 1e-9, "12 V x 1 A x 2 s");
    assertInvalid(plugged, "status: found 'Charging', expected 'Discharging'");
  }

  @Test
  void readsThePowerOfABatteryThatTellsIt() throws IOException {
    sys.battery("BAT0", "Discharging");
    sys.put("power_supply/BAT0/power_now", 9_000_000);
    open("battery");

    EnergyWindow window =
        window(40, 50, step -> sys.put("power_supply/BAT0/power_now", 9_000_000 + step % 2));

    assertEquals(18, window.joules(), 1e-5);
  }

  @Test
  void refusesEnergyThatIsNotPositive() throws IOException {
    sys.jetson();
    open("auto");

    EnergyWindow window =
        window(40, 50, step -> sys.put("hwmon/hwmon1/curr1_input", -1000 - step % 2));

    assertInvalid(window, "expected more than 0");
  }

  @Test
  void hasEitherJoulesOrAProblem() throws IOException {
    onePackage();

    assertThrows(IllegalArgumentException.class, () -> new EnergyWindow("x", 0, 2, 5, 20, "why"));
    assertThrows(
        IllegalArgumentException.class, () -> new EnergyWindow("x", 0, 2, Double.NaN, 20, ""));
  }

  @Test
  void refusesToNestWindows() throws IOException {
    onePackage();
    sensor.start();

    assertThrows(IllegalStateException.class, sensor::start);
    assertFalse(sensor.stop().valid());
    assertThrows(IllegalStateException.class, sensor::stop);
  }

  @Test
  void makesNoGarbageWhileItSamples() throws IOException {
    sys.twoPackages();
    sys.jetson();
    sys.battery("BAT0", "Discharging");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String specification : new String[] {"powercap", "hwmon", "battery"}) {
      open(specification);
      sensor.begin(EPOCH, 0);
      sensor.sample(1);
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 2; i < 1000; i++) {
        sensor.sample(i);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      sensor.close();
      assertTrue(allocated < 998, specification + ": less than a byte per sample: " + allocated);
    }
  }

  private static void assertInvalid(EnergyWindow window, String problem) {
    assertFalse(window.valid());
    assertTrue(Double.isNaN(window.joules()), "an invalid window has no energy");
    assertTrue(window.problem().contains(problem), window.problem());
  }
}
