package io.edgefrontier.publish;

import io.edgefrontier.report.Markdown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A picture in Markdown, as GitHub shows it: in light or in dark, as the reader's system is.
 *
 * @param light path relative to the text
 * @param dark path relative to the text, where there is one for dark grounds
 * @param shows what, for those who cannot see it
 */
public record PictureText(String light, Optional<String> dark, String shows) {

  /** Returns the pictures one below the other. */
  public static String of(List<PictureText> pictures) {
    return pictures.stream().map(PictureText::text).collect(Collectors.joining("\n"));
  }

  private String text() {
    if (dark.isEmpty()) {
      return "![%s](%s)\n".formatted(Markdown.text(shows), Markdown.target(light));
    }
    return """
        <picture>
          <source media="(prefers-color-scheme: dark)" srcset="%s">
          <img alt="%s" src="%s">
        </picture>
        """
        .formatted(Markdown.target(dark.get()), attribute(shows), Markdown.target(light));
  }

  private static String attribute(String text) {
    return text.replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("<", "&lt;")
        .replaceAll("\\s", " ");
  }
}
