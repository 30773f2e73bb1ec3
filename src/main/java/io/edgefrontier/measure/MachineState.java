package io.edgefrontier.measure;

import java.util.Map;

/** The machine at one moment, as far as it decides how fast a fork runs. Skeleton. */
public record MachineState(long nanoTime) {
  /** Returns the state of this machine now. */
  public static MachineState now() {
    return new MachineState(System.nanoTime());
  }

  /**
   * Returns what a reader wants to see, in reading order; what is not known has no key: {@code
   * load_1m, frequency_mhz, governor, temperature_c, throttle_count}.
   */
  public Map<String, Object> facts() {
    return Map.of();
  }
}
