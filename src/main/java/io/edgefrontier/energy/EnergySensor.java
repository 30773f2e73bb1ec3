package io.edgefrontier.energy;

/**
 * A sensor of energy, read over windows of time. While a window is open a thread of its own samples
 * the sensor every {@value #SAMPLE_MILLIS} ms. One window at a time, started and stopped by one
 * thread.
 */
public final class EnergySensor implements AutoCloseable {
  /** Time between two samples. */
  public static final int SAMPLE_MILLIS = 50;

  private final String source;

  EnergySensor(String source) {
    this.source = source;
  }

  /** Returns the sensor and its domains, such as {@code powercap:package-0+package-1}. */
  public String source() {
    return source;
  }

  /**
   * Opens a window.
   *
   * @throws IllegalStateException if one is open
   */
  public void start() {}

  /**
   * Closes the window. What went wrong in it stands in {@link EnergyWindow#problem}.
   *
   * @throws IllegalStateException if none is open
   */
  public EnergyWindow stop() {
    return new EnergyWindow(source, Double.NaN, 0, Double.NaN, 0, "not sampled");
  }

  @Override
  public void close() {}
}
