package io.edgefrontier.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report says around its findings. All maps keep their order.
 *
 * @param title of the page
 * @param command exactly as it was typed
 * @param environment name of a fact about the machine or the software, and the fact
 * @param pictures in the order to show
 * @param files path relative to the page, and what the file holds
 * @param opaque functions that the network calls and the graph does not know, and in which layers
 */
public record RunNotes(
    String title,
    String command,
    Map<String, String> environment,
    List<Picture> pictures,
    Map<String, String> files,
    Map<String, List<String>> opaque) {
  /**
   * A picture, which a page shows as the reader's colour scheme wants it.
   *
   * @param light path relative to the page
   * @param dark likewise, for a dark page
   * @param shows what, for those who cannot see it
   */
  public record Picture(String light, String dark, String shows) {}

  public RunNotes {
    environment = ordered(environment);
    pictures = List.copyOf(pictures);
    files = ordered(files);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    opaque.forEach((function, layers) -> copy.put(function, List.copyOf(layers)));
    opaque = Collections.unmodifiableMap(copy);
  }

  /** Returns the notes on a run whose network calls nothing that is unknown. */
  public RunNotes(
      String title,
      String command,
      Map<String, String> environment,
      List<Picture> pictures,
      Map<String, String> files) {
    this(title, command, environment, pictures, files, Map.of());
  }

  private static Map<String, String> ordered(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
