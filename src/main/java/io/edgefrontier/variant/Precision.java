package io.edgefrontier.variant;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numeric format that a variant stores and computes in. */
public enum Precision {
  FP32,
  BF16,
  FP16,
  /** Static post-training quantisation: int8 weights per channel, quint8 activations per tensor. */
  INT8;

  /** Returns the name used in files and on the command line, such as {@code fp32}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the precision with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  public static Precision parse(String label) {
    return Arrays.stream(values())
        .filter(precision -> precision.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown precision '%s'; available: %s".formatted(label, choices())));
  }

  private static String choices() {
    return Arrays.stream(values()).map(Precision::label).collect(Collectors.joining(", "));
  }
}
