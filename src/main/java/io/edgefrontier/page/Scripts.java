package io.edgefrontier.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

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

  private Scripts() {}

  /** Returns all that draws a picture, in the order in which it must be loaded. */
  public static String drawing() {
    return DRAWING.stream().map(Scripts::text).collect(Collectors.joining("\n"));
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
