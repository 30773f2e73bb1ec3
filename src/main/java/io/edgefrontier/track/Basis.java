package io.edgefrontier.track;

import java.util.Locale;

/** Which values of two samples are compared. */
public enum Basis {
  /** Ratios to the paired reference of the same fork. */
  RATIO,
  /** Values in the metric's unit, one per fork. */
  RAW,
  /** Neither: an exact figure, answers to the same validation samples, or nothing. */
  NONE;

  /** Returns the name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
