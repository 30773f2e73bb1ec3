package io.edgefrontier.energy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the energy sensor that a specification names. */
public final class EnergySensors {
  private EnergySensors() {}

  /**
   * Returns the sensor that {@code specification} names.
   *
   * @param specification {@code auto} (the first that can be read of the packages of powercap, the
   *     board's hwmon input and the batteries), {@code none}, {@code powercap[:domain,...]}, {@code
   *     hwmon[:chip/label]} or {@code battery}
   * @param root the folder that {@code sys} is in, normally {@code /}
   * @return without a sensor only for {@code auto} and {@code none}
   * @throws IllegalArgumentException if it is none of these
   * @throws IOException if the sensor that it names is not there or cannot be read
   */
  public static SensorSearch find(String specification, Path root) throws IOException {
    int colon = specification.indexOf(':');
    String kind = colon < 0 ? specification : specification.substring(0, colon);
    String choice = colon < 0 ? "" : specification.substring(colon + 1);
    boolean choosing = kind.equals(Powercap.KIND) || kind.equals(Hwmon.KIND);
    if (colon >= 0 && (!choosing || choice.isBlank())) {
      throw unexpected(specification);
    }
    return switch (kind) {
      case "auto" -> first(root);
      case "none" -> new SensorSearch(Optional.empty(), "");
      case Powercap.KIND -> found(Powercap.open(domains(choice), powercap(root)));
      case Hwmon.KIND -> found(Hwmon.open(choice, hwmon(root)));
      case Batteries.KIND -> found(Batteries.open(batteries(root)));
      default -> throw unexpected(specification);
    };
  }

  private static IllegalArgumentException unexpected(String specification) {
    return new IllegalArgumentException(
        "energy sensor '%s': expected auto, none, powercap[:domain,...], hwmon[:chip/label] or battery"
            .formatted(specification));
  }

  private static List<String> domains(String choice) {
    return choice.isEmpty()
        ? List.of()
        : Stream.of(choice.split(",", -1)).map(String::strip).toList();
  }

  private static SysClass powercap(Path root) {
    return SysClass.of(root, "powercap");
  }

  private static SysClass hwmon(Path root) {
    return SysClass.of(root, "hwmon");
  }

  private static SysClass batteries(Path root) {
    return SysClass.of(root, "power_supply");
  }

  private static SensorSearch found(EnergySensor sensor) {
    return new SensorSearch(Optional.of(sensor), "");
  }

  /** Makes a sensor, or says why it cannot. */
  @FunctionalInterface
  private interface Opening {
    EnergySensor open() throws IOException;
  }

  private static SensorSearch first(Path root) {
    List<Opening> order =
        List.of(
            () -> Powercap.open(List.of(), powercap(root)),
            () -> Hwmon.open("", hwmon(root)),
            () -> Batteries.open(batteries(root)));
    List<String> obstacles = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Opening opening : order) {
      try {
        return new SensorSearch(Optional.of(opening.open()), String.join("; ", unreadable));
      } catch (UnreadableSensorException e) {
        unreadable.add(e.getMessage());
      } catch (IOException e) {
        obstacles.add(e.getMessage());
      }
    }
    unreadable.addAll(obstacles);
    return new SensorSearch(
        Optional.empty(),
        "energy is not measured: %s; the log of an external meter works everywhere"
            .formatted(String.join("; ", unreadable)));
  }
}
