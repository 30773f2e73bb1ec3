package io.edgefrontier.energy;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One domain of a sensor: sums the energy since the window began, and counts the updates. */
abstract class Domain implements Closeable {
  private final String label;
  private final long updateNanos;
  private long lastUpdate;
  private int updates;
  private boolean changed;

  /**
   * @param label such as {@code package-0}
   * @param updateNanos time between two updates as the driver states it; 0 when it does not
   */
  Domain(String label, long updateNanos) {
    this.label = label;
    this.updateNanos = updateNanos;
  }

  String label() {
    return label;
  }

  /** Takes the reading that a window starts with. */
  void begin(long nanos) throws IOException {
    lastUpdate = nanos;
    updates = 0;
    changed = false;
  }

  /** Takes a reading and adds the energy since the one before. */
  abstract void sample(long nanos) throws IOException;

  /** Returns the energy from the first reading to the last, in joules. */
  abstract double joules();

  int updates() {
    return updates;
  }

  /** Returns when the domain was last known to be updated, by {@link System#nanoTime}. */
  final long lastUpdate() {
    return lastUpdate;
  }

  /**
   * Counts an update when the reading differs from the one before, or when the stated time has
   * passed. A steady load may show the same power twice; without a stated interval that does not
   * count.
   */
  final void count(boolean differs, long nanos) {
    changed |= differs;
    if (differs || (updateNanos > 0 && nanos - lastUpdate >= updateNanos)) {
      updates++;
      lastUpdate = nanos;
    }
  }

  /** Returns why what this domain saw in {@code seconds} is not good enough, or "". */
  String problem(double seconds) {
    if (!changed) {
      return String.format(
          Locale.ROOT, "%s did not change in %.1f s; it is frozen", label, seconds);
    }
    return updates >= EnergyWindow.MIN_UPDATES
        ? ""
        : String.format(
            Locale.ROOT,
            "%s was updated %s times in %.1f s, expected at least %s; use longer windows",
            label,
            updates,
            seconds,
            EnergyWindow.MIN_UPDATES);
  }

  static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
