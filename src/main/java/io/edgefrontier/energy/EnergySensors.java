package io.edgefrontier.energy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the energy sensor that a specification names. */
public final class EnergySensors {
  private EnergySensors() {}

  /**
   * Returns the sensor that {@code specification} names.
   *
   * @param specification {@code auto}, {@code none}, {@code powercap[:domain,...]}, {@code
   *     hwmon[:chip/label]} or {@code battery}
   * @param root where {@code sys} is, normally {@code /}
   * @return without a sensor only for {@code auto} and {@code none}
   * @throws IllegalArgumentException if it is none of these
   * @throws IOException if the sensor that it names is not there or cannot be read
   */
  public static SensorSearch find(String specification, Path root) throws IOException {
    return new SensorSearch(Optional.empty(), "");
  }
}
