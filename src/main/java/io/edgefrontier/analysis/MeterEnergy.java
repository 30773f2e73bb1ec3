package io.edgefrontier.analysis;

import io.edgefrontier.energy.EnergyWindow;
import io.edgefrontier.result.MeterLog;
import java.time.Instant;
import java.util.Locale;

/** Energy of a window of time from the log of an external meter. */
public final class MeterEnergy {
  private MeterEnergy() {}

  /**
   * Integrates the meter's power over a window by the trapezoid rule, interpolating at both ends.
   * The window is invalid when the log does not cover it, has fewer than {@value
   * EnergyWindow#MIN_UPDATES} readings inside or a hole longer than {@link EnergyWindow#MAX_GAP} of
   * it.
   *
   * @param startSeconds start in seconds since 1970, by the clock of the measured machine
   * @param endSeconds end, likewise
   * @param clockOffsetSeconds what the meter's clock shows minus what the machine's shows
   * @return with source {@code meter:} and the log's name
   * @throws IllegalArgumentException if the end does not come after the start
   */
  public static EnergyWindow over(
      MeterLog log, double startSeconds, double endSeconds, double clockOffsetSeconds) {
    if (!(endSeconds > startSeconds)) {
      throw new IllegalArgumentException(
          "window must end after its start, got %s to %s".formatted(startSeconds, endSeconds));
    }
    double start = startSeconds + clockOffsetSeconds;
    double end = endSeconds + clockOffsetSeconds;
    String problem = problem(log, start, end);
    double joules = problem.isEmpty() ? integral(log, start, end) : Double.NaN;
    if (joules <= 0) {
      problem = "the meter shows %s J, expected more than 0".formatted(joules);
    }
    return new EnergyWindow(
        "meter:" + log.name(),
        startSeconds,
        endSeconds - startSeconds,
        problem.isEmpty() ? joules : Double.NaN,
        log.firstFrom(Math.nextUp(end)) - log.firstFrom(start),
        problem);
  }

  private static String problem(MeterLog log, double start, double end) {
    double seconds = end - start;
    if (seconds < EnergyWindow.MIN_SECONDS) {
      return String.format(
          Locale.ROOT,
          "window of %.3f s, expected at least %.0f s",
          seconds,
          EnergyWindow.MIN_SECONDS);
    }
    double logStart = log.seconds(0);
    double logEnd = log.seconds(log.size() - 1);
    if (start < logStart || end > logEnd) {
      return "window %s to %s by the meter's clock is not within its log, %s to %s"
          .formatted(time(start), time(end), time(logStart), time(logEnd));
    }
    int first = log.firstFrom(start);
    int beyond = log.firstFrom(Math.nextUp(end));
    if (beyond - first < EnergyWindow.MIN_UPDATES) {
      return String.format(
          Locale.ROOT,
          "%s readings of the meter in %.1f s, expected at least %s",
          beyond - first,
          seconds,
          EnergyWindow.MIN_UPDATES);
    }
    for (int i = Math.max(first, 1); i <= Math.min(beyond, log.size() - 1); i++) {
      double gap = Math.min(log.seconds(i), end) - Math.max(log.seconds(i - 1), start);
      if (gap > EnergyWindow.MAX_GAP * seconds) {
        return String.format(
            Locale.ROOT, "the meter gave no reading for %.2f s of %.1f s", gap, seconds);
      }
    }
    return "";
  }

  private static String time(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000)).toString();
  }

  private static double integral(MeterLog log, double start, double end) {
    double joules = 0;
    double lastSeconds = start;
    double lastWatts = wattsAt(log, start);
    for (int i = log.firstFrom(start); log.seconds(i) < end; i++) {
      joules += (lastWatts + log.watts(i)) / 2 * (log.seconds(i) - lastSeconds);
      lastSeconds = log.seconds(i);
      lastWatts = log.watts(i);
    }
    return joules + (lastWatts + wattsAt(log, end)) / 2 * (end - lastSeconds);
  }

  /** Returns the power at a time within the log, on the line between the readings around it. */
  private static double wattsAt(MeterLog log, double time) {
    int after = log.firstFrom(time);
    if (log.seconds(after) == time) {
      return log.watts(after);
    }
    double share = (time - log.seconds(after - 1)) / (log.seconds(after) - log.seconds(after - 1));
    return log.watts(after - 1) + share * (log.watts(after) - log.watts(after - 1));
  }
}
