package io.edgefrontier.analysis;

import io.edgefrontier.result.MeterLog;

/**
 * An external power meter whose log covers a sweep.
 *
 * @param clockOffsetSeconds what the meter's clock shows minus what the machine's shows
 * @param idleWatts what the meter showed on the idle machine; NaN if that is unknown, and then
 *     there is no net energy
 */
public record Meter(MeterLog log, double clockOffsetSeconds, double idleWatts) {
  public Meter {
    if (!Double.isFinite(clockOffsetSeconds) || idleWatts < 0) {
      throw new IllegalArgumentException(
          "clock offset must be finite and idle power >= 0, got %s s and %s W"
              .formatted(clockOffsetSeconds, idleWatts));
    }
  }
}
