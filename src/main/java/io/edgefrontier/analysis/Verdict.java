package io.edgefrontier.analysis;

import java.util.Locale;

/** What a {@link Comparison} says of the candidate against the baseline. */
public enum Verdict {
  /** The candidate takes longer. */
  SLOWER,
  /** The candidate takes less time. */
  FASTER,
  /** Noise alone could explain the difference. */
  INDISTINCT;

  /** Returns the name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
