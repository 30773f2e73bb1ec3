package io.edgefrontier.track;

import java.util.Locale;

/** What is tracked of a cell, one value per fork. The direction is the metric's own. */
public enum Metric {
  /** Service time of one call: as a ratio to the paired reference where there is one, else ms. */
  LATENCY("ms", true, 0.05, 0.0005),
  /** 99th percentile of a fork's calls, ms. */
  LATENCY_P99("ms", true, 0.10, 0.001),
  /** Fresh JVM: archive open to first result, ms. */
  COLD_START("ms", true, 0.10, 1),
  /** Calls per second. */
  THROUGHPUT("1/s", false, 0.05, 0),
  /** The fork's high-water mark, MiB. */
  PEAK_RSS("MiB", true, 0.02, 1),
  /** Measured energy per inference, J. */
  ENERGY("J", true, 0.05, 0),
  /** Time of the paired reference itself, ms: what a slower engine or JDK shows in. */
  REFERENCE("ms", true, 0.05, 0.0005);

  private final String unit;
  private final boolean smallerIsBetter;
  private final double delta;
  private final double floor;

  Metric(String unit, boolean smallerIsBetter, double delta, double floor) {
    this.unit = unit;
    this.smallerIsBetter = smallerIsBetter;
    this.delta = delta;
    this.floor = floor;
  }

  /** Returns the name in files, such as {@code latency_p99}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String unit() {
    return unit;
  }

  public boolean smallerIsBetter() {
    return smallerIsBetter;
  }

  /** Returns the relative change that matters by default. */
  public double delta() {
    return delta;
  }

  /** Returns the change, in the unit, below which nothing matters whatever the ratio. */
  public double floor() {
    return floor;
  }
}
