package io.edgefrontier.energy;

import java.io.IOException;
import java.time.Duration;

/**
 * Power of the machine while it does nothing but run this program's waiting.
 *
 * @param watts mean over {@code window}
 * @param window what it was measured over
 */
public record IdlePower(double watts, EnergyWindow window) {

  /**
   * Measures for {@code time}, waiting meanwhile.
   *
   * @param time at least as long as {@value EnergyWindow#MIN_UPDATES} updates of the sensor take
   * @throws IOException if the window is invalid, saying why
   */
  public static IdlePower measure(EnergySensor sensor, Duration time)
      throws IOException, InterruptedException {
    sensor.start();
    EnergyWindow window;
    try {
      Thread.sleep(time.toMillis());
    } finally {
      window = sensor.stop();
    }
    if (!window.valid()) {
      throw new IOException(
          "idle power of %s: %s; measure it for longer, or without other work"
              .formatted(sensor.source(), window.problem()));
    }
    return new IdlePower(window.watts(), window);
  }
}
