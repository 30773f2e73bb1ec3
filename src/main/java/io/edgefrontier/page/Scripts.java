package io.edgefrontier.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts that decide and draw, in the page and in the pictures. */
public final class Scripts {
  /** Each uses only what stands before it, and defines one global object. */
  public static final List<String> DRAWING =
      List.of(
          "decide.js",
          "svg.js",
          "scale.js",
          "label.js",
          "marker.js",
          "metric.js",
          "words.js",
          "frame.js",
          "plot.js");

  /** Draw what is behind the figures; they use what draws a picture. */
  static final List<String> CHARTS = List.of("advice.js", "charts.js", "drift.js");

  /** Bring a page to life; these alone touch its elements. */
  private static final List<String> PAGE = List.of("dom.js", "table.js", "explorer.js", "app.js");

  private Scripts() {}

  /** Returns all that a page needs, in the order in which it must be loaded. */
  static String page() {
    return Stream.of(DRAWING, CHARTS, PAGE)
        .flatMap(List::stream)
        .map(Scripts::text)
        .collect(Collectors.joining("\n"));
  }

  /** Returns the text of a resource of this package. */
  public static String text(String name) {
    try (InputStream resource = Scripts.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the program lacks its resource page/" + name);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the program's resource page/" + name, e);
    }
  }
}
