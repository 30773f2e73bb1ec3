package io.edgefrontier.lower;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the engine's operators are chosen that compute a network. */
public enum Lowering {
  /** One operator of the engine for each of the network's, as it was trained. */
  PLAIN,
  /** Kernels by the written {@link KernelRule}. */
  RULE,
  /** Kernels by measuring the candidates for each layer on this machine. */
  TUNE;

  /** Returns the name in settings and files, such as {@code rule}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the lowering of this name.
   *
   * @throws IllegalArgumentException naming what there is if there is none
   */
  public static Lowering parse(String label) {
    return Arrays.stream(values())
        .filter(lowering -> lowering.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown lowering '%s'; expected %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Lowering::label)
                                .collect(Collectors.joining(", ")))));
  }
}
