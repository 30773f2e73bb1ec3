package io.edgefrontier.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnergySensorsTest {
  @TempDir private Path root;
  private FakeSys sys;

  @BeforeEach
  void plantTree() {
    sys = new FakeSys(root);
  }

  @Test
  void saysInOneLineThatAMachineHasNoSensor() throws IOException {
    SensorSearch search = EnergySensors.find("auto", root);

    assertEquals(Optional.empty(), search.sensor());
    assertTrue(search.advice().startsWith("energy is not measured: no RAPL zone under " + root));
    assertTrue(search.advice().contains("no power or energy input under "), search.advice());
    assertTrue(search.advice().contains("no battery under "), search.advice());
    assertEquals(1, search.advice().lines().count());
  }

  @Test
  void looksForNothingWhenToldSo() throws IOException {
    sys.twoPackages();

    assertEquals(new SensorSearch(Optional.empty(), ""), EnergySensors.find("none", root));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "powercap                  | powercap:package-0+package-1",
        "auto                      | powercap:package-0+package-1",
        "powercap:package-1        | powercap:package-1",
        "powercap:core             | powercap:package-0/core+package-1/core",
        "powercap:package-1/core   | powercap:package-1/core",
        "powercap:core, dram       | powercap:package-0/core+package-1/core+package-0/dram",
        "powercap:psys             | powercap:psys",
        "powercap:package-0,package-1/core | powercap:package-0+package-1/core",
        "powercap:package,package-0 | powercap:package-0+package-1",
      })
  void takesEachRaplCounterOnce(String specification, String source) throws IOException {
    sys.twoPackages();

    assertEquals(source, source(specification));
  }

  @Test
  void takesMemoryMappedCountersWhenThereAreNoOthers() throws IOException {
    sys.zone("intel-rapl-mmio:0", "package-0", 1);

    assertEquals("powercap:package-0", source("powercap"));
  }

  @ParameterizedTest
  @CsvSource({
    "'package-0,core', package-0, package-0/core",
    "'dram,package', package-0/dram, package-0",
    "'psys,package', psys, package-0",
    "'core,psys', package-0/core, psys",
  })
  void refusesDomainsThatShareEnergy(String domains, String one, String other) throws IOException {
    sys.twoPackages();

    assertEquals(
        "domains %s and %s would count the same energy twice; ask for one of them"
            .formatted(one, other),
        refusal("powercap:" + domains));
  }

  @Test
  void listsDomainsWhenOneIsNotThere() throws IOException {
    sys.zone("intel-rapl:0", "package-0", 1);
    sys.zone("intel-rapl:0:0", "core", 1);

    String message = refusal("powercap:uncore");

    assertTrue(message.startsWith("no domain 'uncore' under "), message);
    assertTrue(message.endsWith("; found: package-0, package-0/core"), message);
  }

  @Test
  void saysHowToGetPermission() throws IOException {
    sys.twoPackages();
    sys.makeUnreadable("powercap/intel-rapl:1/energy_uj");
    Path file = root.resolve("sys/class/powercap/intel-rapl:1/energy_uj");

    String message = refusal("powercap");
    SensorSearch search = EnergySensors.find("auto", root);

    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains("sudo chgrp $(id -gn) "), message);
    assertTrue(message.endsWith(file.toString()), message);
    assertFalse(search.sensor().isPresent(), "half of the machine is not its energy");
    assertTrue(search.advice().startsWith("energy is not measured: " + message), search.advice());
    assertEquals(1, search.advice().lines().count());
  }

  @Test
  void goesOnToTheNextSensorAndSaysWhatIsInTheWay() throws IOException {
    sys.zone("intel-rapl:0", "package-0", 1);
    sys.makeUnreadable("powercap/intel-rapl:0/energy_uj");
    sys.battery("BAT0", "Discharging");

    SensorSearch search = EnergySensors.find("auto", root);

    assertEquals("battery:BAT0", search.sensor().orElseThrow().source());
    assertTrue(search.advice().contains("sudo chgrp"), search.advice());
  }

  @ParameterizedTest
  @CsvSource({
    "auto, hwmon:ina3221/VDD_IN",
    "hwmon, hwmon:ina3221/VDD_IN",
    "hwmon:ina3221/VDD_SOC, hwmon:ina3221/VDD_SOC",
    "hwmon:hwmon1/in2, hwmon:hwmon1/in2",
  })
  void readsTheRailsOfAJetson(String specification, String source) throws IOException {
    sys.jetson();

    assertEquals(source, source(specification));
  }

  @Test
  void listsInputsWhenOneIsNotThere() throws IOException {
    sys.jetson();

    String message = refusal("hwmon:ina3221/VDD_GPU");

    assertTrue(message.startsWith("no input 'ina3221/VDD_GPU' under "), message);
    assertTrue(
        message.endsWith(
            "; found: ina3221/VDD_IN (hwmon1/in1), ina3221/VDD_CPU_GPU_CV (hwmon1/in2),"
                + " ina3221/VDD_SOC (hwmon1/in3)"),
        message);
  }

  @Test
  void doesNotGuessWhichOfSeveralRailsFeedsTheBoard() throws IOException {
    sys.put("hwmon/hwmon2/name", "ina226");
    sys.put("hwmon/hwmon2/power1_input", 5_000_000);
    assertEquals("hwmon:ina226/power1", source("hwmon"));

    sys.put("hwmon/hwmon10/name", "ina226");
    sys.put("hwmon/hwmon10/power1_input", 7_000_000);

    String message = refusal("hwmon");
    assertTrue(message.startsWith("which input under "), message);
    assertTrue(
        message.endsWith("ina226/power1 (hwmon2/power1), ina226/power1 (hwmon10/power1)"), message);
    assertTrue(refusal("hwmon:ina226/power1").startsWith("several inputs 'ina226/power1' under "));
    assertEquals("hwmon:hwmon10/power1", source("hwmon:hwmon10/power1"));
    assertEquals(Optional.empty(), EnergySensors.find("auto", root).sensor());
  }

  @Test
  void takesAGraphicsCardForTheMachineOnlyWhenAsked() throws IOException {
    sys.put("hwmon/hwmon0/name", "amdgpu");
    sys.put("hwmon/hwmon0/power1_input", 35_000_000);
    sys.put("hwmon/hwmon0/power1_label", "PPT");

    assertEquals(Optional.empty(), EnergySensors.find("auto", root).sensor());
    assertEquals("hwmon:amdgpu/PPT", source("hwmon:amdgpu/PPT"));
  }

  @Test
  void sumsTheBatteriesThatDischarge() throws IOException {
    sys.battery("BAT0", "Discharging");
    sys.battery("BAT1", "Discharging");
    sys.battery("BAT2", "Not charging");
    sys.battery("hidpp_battery_0", "Discharging");
    sys.put("power_supply/hidpp_battery_0/scope", "Device");
    sys.put("power_supply/AC/type", "Mains");

    assertEquals("battery:BAT0+BAT1", source("battery"));
  }

  @Test
  void refusesABatteryOnItsCharger() throws IOException {
    sys.battery("BAT0", "Charging");

    assertEquals(
        "no battery discharges (BAT0 is Charging); unplug the charger", refusal("battery"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rapl", "auto:x", "powercap:", "battery:BAT0", "none:"})
  void refusesWhatIsNoSpecification(String specification) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> EnergySensors.find(specification, root));

    assertEquals(
        "energy sensor '%s': expected auto, none, powercap[:domain,...], hwmon[:chip/label] or battery"
            .formatted(specification),
        error.getMessage());
  }

  @Test
  void saysThatAChannelGivesNoReading() throws IOException {
    sys.jetson();
    sys.makeUnreadable("hwmon/hwmon1/curr1_input");

    String message = refusal("hwmon");

    assertTrue(message.startsWith(root.resolve("sys/class/hwmon/hwmon1/curr1_input").toString()));
    assertTrue(
        message.endsWith("; check that the channel is enabled and that your user may read it"));
  }

  private String source(String specification) throws IOException {
    try (EnergySensor sensor = EnergySensors.find(specification, root).sensor().orElseThrow()) {
      return sensor.source();
    }
  }

  private String refusal(String specification) {
    return assertThrows(IOException.class, () -> EnergySensors.find(specification, root))
        .getMessage();
  }
}
