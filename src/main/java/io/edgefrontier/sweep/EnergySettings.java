package io.edgefrontier.sweep;

import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * What energy forks measure with.
 *
 * @param sensors which sensors, as the energy package understands it
 * @param root of the tree that the sensors are found in; {@code /} but for tests
 * @param idleWatts what the machine draws at rest; without it there is no net energy
 */
public record EnergySettings(String sensors, Path root, OptionalDouble idleWatts) {}
