package io.edgefrontier.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes SVG: indented, escaped, the same bytes for the same calls. */
final class Svg {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes alternate name and value. */
  Svg open(String name, Object... attributes) {
    tag(name, attributes).append(">\n");
    open.push(name);
    return this;
  }

  Svg close() {
    String name = open.pop();
    indent().append("</").append(name).append(">\n");
    return this;
  }

  Svg empty(String name, Object... attributes) {
    tag(name, attributes).append("/>\n");
    return this;
  }

  /** Writes an element that holds only this text. */
  Svg text(String name, String text, Object... attributes) {
    tag(name, attributes).append('>').append(escape(text)).append("</").append(name).append(">\n");
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, Object... attributes) {
    tag("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2);
    attributes(attributes).append("/>\n");
    return this;
  }

  /** Returns the document. */
  String document() {
    return out.toString();
  }

  /** Returns a coordinate as text: a tenth of a pixel is enough, and short. */
  static String coordinate(double pixels) {
    return Numbers.plain(Math.rint(pixels * 10) / 10);
  }

  private StringBuilder tag(String name, Object... attributes) {
    indent().append('<').append(name);
    return attributes(attributes);
  }

  private StringBuilder attributes(Object... attributes) {
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String text = value instanceof Double pixels ? coordinate(pixels) : value.toString();
      out.append(' ').append(attributes[i]).append("=\"").append(escape(text)).append('"');
    }
    return out;
  }

  private StringBuilder indent() {
    return out.append("  ".repeat(open.size()));
  }

  /** Returns text that is only text in XML 1.0, in an element or in an attribute. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** Tells what XML 1.0 calls a Char; a lone surrogate is none. */
  private static boolean isCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
