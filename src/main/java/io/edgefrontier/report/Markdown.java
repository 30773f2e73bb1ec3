package io.edgefrontier.report;

import java.nio.charset.StandardCharsets;

/** Foreign text made safe for a Markdown page. */
final class Markdown {
  private static final String SPECIAL = "\\`*_[]|~$";
  private static final String SPECIAL_AT_START = "#+->=";
  private static final String PLAIN_IN_LINKS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

  private Markdown() {}

  /** Returns text that renders as itself on one line, in a paragraph or in a table's cell. */
  static String text(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '<') {
                safe.append("&lt;");
              } else if (c == '&') {
                safe.append("&amp;");
              } else if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                safe.append(' ');
              } else {
                boolean special =
                    SPECIAL.indexOf(c) >= 0 || (safe.isEmpty() && SPECIAL_AT_START.indexOf(c) >= 0);
                safe.append(special ? "\\" : "").appendCodePoint(c);
              }
            });
    // Without this, GitHub makes a link of any address.
    return safe.toString().replace("://", "\\://").replace("www.", "www\\.");
  }

  /** Returns a relative path as a link's target: whatever it holds, it stays a path. */
  static String target(String path) {
    StringBuilder target = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && PLAIN_IN_LINKS.indexOf(b) >= 0) {
        target.append((char) b);
      } else {
        target.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return target.toString();
  }

  private static char hex(int nibble) {
    return "0123456789ABCDEF".charAt(nibble & 0xF);
  }

  /** Returns a block of code whose fence is longer than any run of backticks within. */
  static String code(String language, String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence + language + "\n" + text.stripTrailing() + "\n" + fence;
  }
}
