package io.edgefrontier.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Batteries that feed the machine; those that discharge are summed.
 *
 * @see <a href="https://docs.kernel.org/power/power_supply_class.html">Linux power supply class</a>
 */
final class Batteries {
  static final String KIND = "battery";

  private static final double MICRO = 1e-6;

  private Batteries() {}

  /**
   * Opens all batteries that discharge.
   *
   * @throws IOException if none does, or its power cannot be read
   */
  static EnergySensor open(SysClass devices) throws IOException {
    List<Path> discharging = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (Path folder : devices.devices()) {
      if (feedsTheMachine(folder)) {
        String status = SysClass.text(folder.resolve("status")).orElse("of no status");
        found.add(folder.getFileName() + " is " + status);
        if (status.equals(DischargingBattery.DISCHARGING)) {
          discharging.add(folder);
        }
      }
    }
    if (discharging.isEmpty()) {
      throw new IOException(
          found.isEmpty()
              ? "no battery under " + devices.folder()
              : "no battery discharges (%s); unplug the charger"
                  .formatted(String.join(", ", found)));
    }
    return open(discharging);
  }

  /** A mouse has a battery, too: its scope is {@code Device}. */
  private static boolean feedsTheMachine(Path folder) {
    return SysClass.text(folder.resolve("type")).orElse("").equals("Battery")
        && !SysClass.text(folder.resolve("scope")).orElse("").equals("Device");
  }

  private static EnergySensor open(List<Path> folders) throws IOException {
    try {
      Iterator<Attribute> files =
          SysClass.open(folders.stream().flatMap(folder -> files(folder).stream()).toList())
              .iterator();
      List<Domain> domains = new ArrayList<>();
      for (Path folder : folders) {
        String label = folder.getFileName().toString();
        Attribute status = files.next();
        domains.add(
            hasPower(folder)
                ? new DischargingBattery(label, status, List.of(files.next()), MICRO)
                : new DischargingBattery(
                    label, status, List.of(files.next(), files.next()), MICRO * MICRO));
      }
      return EnergySensor.of(KIND, domains);
    } catch (IOException e) {
      throw new UnreadableSensorException(
          "%s; expected power_now, or voltage_now and current_now".formatted(e.getMessage()), e);
    }
  }

  private static List<Path> files(Path folder) {
    Path status = folder.resolve("status");
    return hasPower(folder)
        ? List.of(status, folder.resolve("power_now"))
        : List.of(status, folder.resolve("voltage_now"), folder.resolve("current_now"));
  }

  private static boolean hasPower(Path folder) {
    return Files.exists(folder.resolve("power_now"));
  }
}
