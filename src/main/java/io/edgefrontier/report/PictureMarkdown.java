package io.edgefrontier.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Pictures in Markdown, in light or in dark as the reader's system is. Markdown has none of that,
 * but GitHub and others read this HTML in it.
 */
public final class PictureMarkdown {
  private PictureMarkdown() {}

  /** Returns the pictures one below the other, an empty line behind each. */
  public static List<String> lines(List<RunNotes.Picture> pictures) {
    List<String> lines = new ArrayList<>();
    for (RunNotes.Picture picture : pictures) {
      lines.add("<picture>");
      lines.add(
          "  <source media=\"(prefers-color-scheme: dark)\" srcset=\"%s\">"
              .formatted(Markdown.target(picture.dark())));
      lines.add(
          "  <img alt=\"%s\" src=\"%s\">"
              .formatted(attribute(picture.shows()), Markdown.target(picture.light())));
      lines.add("</picture>");
      lines.add("");
    }
    return lines;
  }

  private static String attribute(String text) {
    return Svg.escape(text.replaceAll("\\s", " "));
  }
}
