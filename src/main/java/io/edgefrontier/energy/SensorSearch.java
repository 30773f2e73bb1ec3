package io.edgefrontier.energy;

import java.util.Optional;

/**
 * The outcome of a search for a sensor.
 *
 * @param sensor to be closed by who asked for it; empty when there is none that can be read
 * @param advice one line on what is in the way and how to get a better sensor; empty when there is
 *     nothing to say
 */
public record SensorSearch(Optional<EnergySensor> sensor, String advice) {}
