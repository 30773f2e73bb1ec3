package io.edgefrontier.analysis;

import io.edgefrontier.result.Energy;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.UnderLoad;

/**
 * What JMH's results say of one cell, without the observations themselves, and as this machine
 * measured it: no latency multiplier is applied.
 *
 * @param latency its {@code medianMs} and interval are the raw ones, corrected by nothing; NaN
 *     means that there is no latency
 * @param energy measured per inference; nothing is modelled
 * @param forks JVM forks behind the latency
 * @param samples latency samples over all forks
 */
public record Measurement(
    Latency latency,
    Startup startup,
    UnderLoad load,
    ResidentMemory resident,
    Energy energy,
    int forks,
    long samples) {
  /** JMH's results do not have the cell. */
  public static final Measurement ABSENT =
      new Measurement(
          Latency.ABSENT,
          Startup.ABSENT,
          UnderLoad.ABSENT,
          ResidentMemory.ABSENT,
          Energy.ABSENT,
          0,
          0);
}
