package io.edgefrontier.publish;

import java.util.List;

/**
 * Where a Markdown file asks for published text.
 *
 * @param line number of the line that it begins in, from 1
 * @param arguments run and options, as on the command line of {@code publish}; never empty
 */
public record Marker(int line, List<String> arguments) {
  public Marker {
    arguments = List.copyOf(arguments);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("expected a run, found nothing");
    }
  }
}
