package io.edgefrontier.track;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is tracked of a cell. The direction is the metric's own, never that of its unit.
 *
 * <p>The floor is a change in the unit below which a verdict says nothing, whatever the ratio.
 */
public enum Metric {
  /** Service time of one call, ms; judged as a ratio to the paired reference where there is one. */
  LATENCY(Kind.SAMPLED, "ms", true, 0.05, 0.0005),
  /** 99th percentile of a fork's calls, ms. */
  LATENCY_P99(Kind.SAMPLED, "ms", true, 0.10, 0.001),
  /** Fresh JVM: archive open to first result, ms. */
  COLD_START(Kind.SAMPLED, "ms", true, 0.10, 1),
  /** Calls per second. */
  THROUGHPUT(Kind.SAMPLED, "1/s", false, 0.05, 0),
  /** The fork's high-water mark, MiB. */
  PEAK_RSS(Kind.SAMPLED, "MiB", true, 0.02, 1),
  /** Measured energy per inference, J. */
  ENERGY(Kind.SAMPLED, "J", true, 0.05, 0),
  /** Time of the paired reference itself, ms: what a slower engine or JDK shows in. */
  REFERENCE(Kind.SAMPLED, "ms", true, 0.05, 0.0005),
  /**
   * Time of one operation of a foreign benchmark, ms. JMH averages many, so that even a change of
   * 0.1 ns is real.
   */
  OPERATION_TIME(Kind.SAMPLED, "ms", true, 0.05, 1e-7),
  /** Share of the validation samples that are classified right; its delta is a share of them. */
  ACCURACY(Kind.ACCURACY, "", false, 0.01, 0),
  /** Bytes of the archive that ships. */
  ARCHIVE_BYTES(Kind.EXACT, "B", true, 0, 0),
  /** Parameters of the network. */
  PARAMETERS(Kind.EXACT, "", true, 0, 0),
  /** Multiply-accumulates of one sample. */
  MACS(Kind.EXACT, "", true, 0, 0);

  /** How values of a metric are compared. */
  public enum Kind {
    /** One value per fork: a rank test and an interval. */
    SAMPLED,
    /** One figure without noise: any change counts. */
    EXACT,
    /** Right or wrong for each sample: a paired test. */
    ACCURACY
  }

  private final Kind kind;
  private final String unit;
  private final boolean smallerIsBetter;
  private final double delta;
  private final double floor;

  Metric(Kind kind, String unit, boolean smallerIsBetter, double delta, double floor) {
    this.kind = kind;
    this.unit = unit;
    this.smallerIsBetter = smallerIsBetter;
    this.delta = delta;
    this.floor = floor;
  }

  /**
   * Returns the metric of this label.
   *
   * @throws IllegalArgumentException listing the labels if there is none
   */
  public static Metric parse(String label) {
    for (Metric metric : values()) {
      if (metric.label().equals(label)) {
        return metric;
      }
    }
    throw new IllegalArgumentException(
        "no metric '%s'; there are %s"
            .formatted(
                label,
                Arrays.stream(values()).map(Metric::label).collect(Collectors.joining(", "))));
  }

  /** Returns the name in files, such as {@code latency_p99}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns how its values are compared. */
  public Kind kind() {
    return kind;
  }

  /** Returns the unit; empty for a count or a share. */
  public String unit() {
    return unit;
  }

  /** Returns whether a smaller value is the better one. */
  public boolean smallerIsBetter() {
    return smallerIsBetter;
  }

  /** Returns the relative change that matters by default. */
  public double delta() {
    return delta;
  }

  /** Returns the change, in the unit, at or below which nothing matters by default. */
  public double floor() {
    return floor;
  }
}
