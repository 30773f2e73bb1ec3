package io.edgefrontier.publish;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is published of a run. */
public enum Content {
  /** A table of one or several runs, with notes, environment and command. */
  TABLE,
  /** The whole page of one run, as in its README.md. */
  PAGE,
  /** What to ship of one run, and how many cells are accepted. */
  SUMMARY,
  /** The pictures of one run's frontiers, light or dark as the reader's system is. */
  PICTURES;

  /** Returns the name on the command line, such as {@code page}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the content with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  public static Content parse(String label) {
    return Arrays.stream(values())
        .filter(content -> content.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown content '%s'; available: %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Content::label)
                                .collect(Collectors.joining(", ")))));
  }
}
