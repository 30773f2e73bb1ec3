package io.edgefrontier.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A RAPL zone with an energy counter.
 *
 * @param label name as the kernel gives it, after that of the zone around it: {@code
 *     package-0/core}
 * @param mainControl whether the control type is {@code intel-rapl}, which AMD's processors have,
 *     too; {@code intel-rapl-mmio} shows the same counters again
 * @param folder its attributes
 */
record PowercapZone(String label, boolean mainControl, Path folder) {
  private static final Pattern DEVICE = Pattern.compile("(intel-rapl(?:-mmio)?)((?::[0-9a-f]+)+)");
  private static final String PACKAGE = "package";
  private static final String PSYS = "psys";

  /** Returns the zones below {@code devices}, each counter once. */
  static List<PowercapZone> in(SysClass devices) throws IOException {
    List<PowercapZone> zones = new ArrayList<>();
    for (Path folder : devices.devices()) {
      Matcher device = DEVICE.matcher(folder.getFileName().toString());
      if (device.matches() && Files.exists(folder.resolve("energy_uj"))) {
        boolean main = device.group(1).equals("intel-rapl");
        zones.add(new PowercapZone(label(folder), main, folder));
      }
    }
    Set<String> mainLabels = new HashSet<>();
    zones.stream().filter(PowercapZone::mainControl).forEach(zone -> mainLabels.add(zone.label));
    zones.removeIf(zone -> !zone.mainControl && mainLabels.contains(zone.label));
    return zones;
  }

  private static String label(Path folder) {
    String device = folder.getFileName().toString();
    String parent = device.substring(0, device.lastIndexOf(':'));
    String name = SysClass.text(folder.resolve("name")).orElse(device);
    return parent.contains(":") ? label(folder.resolveSibling(parent)) + "/" + name : name;
  }

  /** Returns the part of the label that is this zone's own. */
  private String name() {
    return label.substring(label.lastIndexOf('/') + 1);
  }

  boolean isPackage() {
    return label.matches(PACKAGE + "-[^/]*");
  }

  /** Returns whether a user who asks for {@code domain} means this zone. */
  boolean answersTo(String domain) {
    return domain.equals(label) || domain.equals(name()) || (domain.equals(PACKAGE) && isPackage());
  }

  /** Returns whether the energy of one may be part of the other's. */
  boolean overlaps(PowercapZone other) {
    return label.startsWith(other.label + "/")
        || other.label.startsWith(label + "/")
        || label.equals(PSYS) != other.label.equals(PSYS);
  }

  Path counter() {
    return folder.resolve("energy_uj");
  }

  long range() {
    return SysClass.numberOrZero(folder.resolve("max_energy_range_uj"));
  }
}
