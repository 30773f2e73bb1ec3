package io.edgefrontier.measure;

import java.util.Map;
import java.util.Optional;

/** What else the machine did while a fork ran. Skeleton. */
public record Disturbance(Optional<String> reason) {
  /**
   * Compares the machine before and after a fork that this process started and waited for.
   *
   * @param threads engine threads of the fork
   * @param cpus that the fork was bound to; empty if to none
   */
  public static Disturbance between(
      MachineState before, MachineState after, int threads, Optional<CpuList> cpus) {
    return new Disturbance(Optional.empty());
  }

  /** Returns {@code others_busy_cores} and {@code steal_share}, as far as known. */
  public Map<String, Object> facts() {
    return Map.of();
  }
}
