package io.edgefrontier.energy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * RAPL counters of the kernel's power capping framework.
 *
 * @see <a href="https://docs.kernel.org/power/powercap/powercap.html">Power Capping Framework</a>
 */
final class Powercap {
  static final String KIND = "powercap";

  private Powercap() {}

  /**
   * Opens the counters of these domains.
   *
   * @param asked names such as {@code dram} or {@code package-0/core}; empty for all packages
   * @throws IOException if there are none, or some contain each other
   */
  static EnergySensor open(List<String> asked, SysClass devices) throws IOException {
    List<PowercapZone> zones = PowercapZone.in(devices);
    if (zones.isEmpty()) {
      throw new IOException(
          "no RAPL zone under %s (on a PC: sudo modprobe intel_rapl_msr; a virtual machine has none)"
              .formatted(devices.folder()));
    }
    List<PowercapZone> chosen = new ArrayList<>();
    for (String domain : asked.isEmpty() ? List.of("package") : asked) {
      List<PowercapZone> meant = zones.stream().filter(zone -> zone.answersTo(domain)).toList();
      if (meant.isEmpty()) {
        throw new IOException(
            "no domain '%s' under %s; found: %s"
                .formatted(domain, devices.folder(), labels(zones)));
      }
      meant.stream().filter(zone -> !chosen.contains(zone)).forEach(chosen::add);
    }
    refuseOverlap(chosen);
    return open(chosen);
  }

  private static void refuseOverlap(List<PowercapZone> chosen) throws IOException {
    for (PowercapZone one : chosen) {
      for (PowercapZone other : chosen) {
        if (one.overlaps(other)) {
          throw new IOException(
              "domains %s and %s would count the same energy twice; ask for one of them"
                  .formatted(one.label(), other.label()));
        }
      }
    }
  }

  private static EnergySensor open(List<PowercapZone> zones) throws IOException {
    try {
      List<Attribute> counters = SysClass.open(zones.stream().map(PowercapZone::counter).toList());
      List<Domain> domains = new ArrayList<>();
      for (PowercapZone zone : zones) {
        Attribute counter = counters.get(domains.size());
        domains.add(new EnergyCounter(zone.label(), counter, zone.range(), 0));
      }
      return EnergySensor.of(KIND, domains);
    } catch (IOException e) {
      throw new UnreadableSensorException(advice(zones, e), e);
    }
  }

  /** Since a kernel fix of 2020 (CVE-2020-8694) only root may read these counters. */
  private static String advice(List<PowercapZone> zones, IOException e) {
    String files =
        zones.stream().map(zone -> zone.counter().toString()).collect(Collectors.joining(" "));
    return "%s; to let your group read it until the next start: sudo chgrp $(id -gn) %s && sudo chmod g+r %s"
        .formatted(e.getMessage(), files, files);
  }

  private static String labels(List<PowercapZone> zones) {
    return zones.stream().map(PowercapZone::label).collect(Collectors.joining(", "));
  }
}
