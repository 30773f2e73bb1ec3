package io.edgefrontier.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code /sys} tree of real files. */
record FakeSys(Path root) {
  static final long RANGE = 262_143_328_850L;

  /** Writes a file in place, as it is for those who have it open. */
  void put(String path, Object text) throws IOException {
    Path file = root.resolve("sys/class").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  /** Puts a folder where a file should be, which root cannot read either. */
  void makeUnreadable(String path) throws IOException {
    Path file = root.resolve("sys/class").resolve(path);
    Files.deleteIfExists(file);
    Files.createDirectories(file);
  }

  void zone(String device, String name, long microjoules) throws IOException {
    put("powercap/" + device + "/name", name);
    put("powercap/" + device + "/energy_uj", microjoules);
    put("powercap/" + device + "/max_energy_range_uj", RANGE);
  }

  /** Two packages as Intel shows them, the first one again through its memory-mapped registers. */
  void twoPackages() throws IOException {
    put("powercap/intel-rapl/enabled", 1);
    zone("intel-rapl:0", "package-0", 1_000_000);
    zone("intel-rapl:0:0", "core", 1_000_000);
    zone("intel-rapl:0:1", "dram", 1_000_000);
    zone("intel-rapl:1", "package-1", 1_000_000);
    zone("intel-rapl:1:0", "core", 1_000_000);
    zone("intel-rapl:a", "psys", 1_000_000);
    zone("intel-rapl-mmio:0", "package-0", 1_000_000);
  }

  /** An INA3221 as a Jetson has it: in4 is a shunt voltage, curr4 a sum. */
  void jetson() throws IOException {
    put("hwmon/hwmon1/name", "ina3221");
    String[] labels = {"VDD_IN", "VDD_CPU_GPU_CV", "VDD_SOC"};
    for (int rail = 1; rail <= 3; rail++) {
      put("hwmon/hwmon1/in" + rail + "_label", labels[rail - 1]);
      put("hwmon/hwmon1/in" + rail + "_input", 5000);
      put("hwmon/hwmon1/curr" + rail + "_input", 1000);
    }
    put("hwmon/hwmon1/in4_input", 20);
    put("hwmon/hwmon1/curr4_input", 3000);
    put("hwmon/hwmon0/name", "gpu_thermal");
    put("hwmon/hwmon0/temp1_input", 41000);
  }

  void battery(String name, String status) throws IOException {
    put("power_supply/" + name + "/type", "Battery");
    put("power_supply/" + name + "/status", status);
    put("power_supply/" + name + "/voltage_now", 12_000_000);
    put("power_supply/" + name + "/current_now", -1_000_000);
  }
}
