package io.edgefrontier.variant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numeric format that a variant stores and computes in. */
public enum Precision {
  FP32,
  BF16,
  FP16,
  /** Static post-training quantisation: int8 weights per channel, quint8 activations per tensor. */
  INT8;

  private static final Map<String, Precision> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Precision::label, p -> p));

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Returns the name used in files and on the command line, such as {@code fp32}. */
  public String label() {
    return label;
  }

  /**
   * Returns the precision with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  public static Precision parse(String label) {
    Precision precision = BY_LABEL.get(label.strip().toLowerCase(Locale.ROOT));
    if (precision == null) {
      throw new IllegalArgumentException(
          "unknown precision '%s'; available: %s".formatted(label, choices()));
    }
    return precision;
  }

  private static String choices() {
    return Arrays.stream(values()).map(Precision::label).collect(Collectors.joining(", "));
  }
}
