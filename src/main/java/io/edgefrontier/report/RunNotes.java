package io.edgefrontier.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a report says around its findings. All maps keep their order.
 *
 * @param title of the page
 * @param command exactly as it was typed
 * @param environment name of a fact about the machine or the software, and the fact
 * @param pictures path relative to the page, and what the picture shows
 * @param files path relative to the page, and what the file holds
 */
public record RunNotes(
    String title,
    String command,
    Map<String, String> environment,
    Map<String, String> pictures,
    Map<String, String> files) {
  public RunNotes {
    environment = ordered(environment);
    pictures = ordered(pictures);
    files = ordered(files);
  }

  private static Map<String, String> ordered(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
