package io.edgefrontier.analysis;

import java.util.Locale;

/** What a user may limit: costs from above, accuracy from below. */
public enum LimitKind {
  MAX_LATENCY_MS("latency"),
  MIN_ACCURACY("accuracy"),
  /** Of the run's own budget metric. */
  MAX_MEMORY_MB("memory"),
  /** Per inference. */
  MAX_ENERGY_J("energy"),
  /** Against the variant that {@code accuracy_delta} is against. */
  MAX_ACCURACY_DROP("accuracy drop");

  private final String phrase;

  LimitKind(String phrase) {
    this.phrase = phrase;
  }

  /** Returns the name in files, such as {@code max_latency_ms}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name on the command line, such as {@code --max-latency-ms}. */
  public String option() {
    return "--" + label().replace('_', '-');
  }

  /** Returns what is limited, as it reads inside a sentence. */
  public String phrase() {
    return phrase;
  }

  /** Returns whether accuracy is limited, which is a share, rather than a cost. */
  public boolean isAccuracy() {
    return this == MIN_ACCURACY || this == MAX_ACCURACY_DROP;
  }

  /** Returns whether a figure keeps the limit; an equal one does, one that is absent does not. */
  boolean keeps(double figure, double bound) {
    return this == MIN_ACCURACY ? figure >= bound : figure <= bound;
  }

  /**
   * Makes sure that a bound can be one.
   *
   * @throws IllegalArgumentException naming the option, what it got and what it takes
   */
  void check(double bound) {
    if (isAccuracy() && !(bound >= 0 && bound <= 1)) { // also rejects NaN
      throw new IllegalArgumentException(
          "%s: expected a share in [0, 1], found %s".formatted(option(), bound));
    }
    if (!isAccuracy() && (!(bound > 0) || Double.isInfinite(bound))) {
      throw new IllegalArgumentException(
          "%s: expected a finite number > 0, found %s".formatted(option(), bound));
    }
  }
}
