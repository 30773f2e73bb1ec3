package io.edgefrontier.lower;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the quint8 range of an activation is chosen. */
public enum Calibration {
  /** The range of least expected squared quantisation error over a histogram. */
  HISTOGRAM,
  /** From the smallest to the largest value. */
  MIN_MAX,
  /** Without the outer 0.01 % of the values at each end. */
  PERCENTILE;

  /** Share of values, in percent, that lie below the upper end of a percentile range. */
  private static final double DEFAULT_PERCENTILE = 99.99;

  /** Returns the name used on the command line, such as {@code min-max}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the calibration with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  public static Calibration parse(String label) {
    return Arrays.stream(values())
        .filter(calibration -> calibration.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown calibration '%s'; available: %s".formatted(label, choices())));
  }

  /** Returns a new observer of this kind, for one activation. */
  public ActivationObserver observer() {
    return switch (this) {
      case HISTOGRAM -> new HistogramObserver();
      case MIN_MAX -> new MinMaxObserver();
      case PERCENTILE -> new PercentileObserver(DEFAULT_PERCENTILE);
    };
  }

  private static String choices() {
    return Arrays.stream(values()).map(Calibration::label).collect(Collectors.joining(", "));
  }
}
