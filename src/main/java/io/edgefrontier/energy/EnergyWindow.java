package io.edgefrontier.energy;

/**
 * What a sensor saw between the start and the end of a window.
 *
 * @param source the sensor and its domains, such as {@code powercap:package-0}
 * @param startSeconds when the window began, in seconds since 1970 by the system's clock
 * @param seconds length by the monotonic clock
 * @param joules gross energy; NaN when the window is invalid
 * @param updates how many times the sensor is known to have been updated within the window; of
 *     several domains, those of the one with the fewest
 * @param problem why the window is invalid; empty when it is valid
 */
public record EnergyWindow(
    String source,
    double startSeconds,
    double seconds,
    double joules,
    int updates,
    String problem) {

  /** A shorter window says more about the sensor's own timing than about the work in it. */
  public static final double MIN_SECONDS = 1;

  /** With fewer updates the error at the two ends is no longer small against the rest. */
  public static final int MIN_UPDATES = 10;

  /**
   * Share of a window; power that was not read for longer would be modelled rather than measured.
   */
  public static final double MAX_GAP = 0.2;

  public EnergyWindow {
    if (problem.isEmpty() == Double.isNaN(joules)) {
      throw new IllegalArgumentException(
          "a window has either joules or a problem, got %s and '%s'".formatted(joules, problem));
    }
  }

  /** Returns whether {@link #joules} was measured. */
  public boolean valid() {
    return problem.isEmpty();
  }

  /** Returns when the window ended, in seconds since 1970. */
  public double endSeconds() {
    return startSeconds + seconds;
  }

  /** Returns the mean power in watts; NaN when the window is invalid. */
  public double watts() {
    return joules / seconds;
  }

  /**
   * Returns the energy beyond that of the idle machine. Noise can make it negative; it is measured,
   * so it stays.
   *
   * @param idleWatts of the same sensor
   * @return joules; NaN when the window is invalid
   */
  public double netJoules(double idleWatts) {
    return joules - idleWatts * seconds;
  }
}
