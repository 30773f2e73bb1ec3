package io.edgefrontier.report;

import java.nio.charset.StandardCharsets;

/** Foreign text made safe for a Markdown page. */
public final class Markdown {
  private static final String SPECIAL = "\\`*|~$";
  private static final String SPECIAL_AT_START = "#+->=[";
  private static final String PLAIN_IN_LINKS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

  private Markdown() {}

  /** Returns text that renders as itself on one line, in a paragraph or in a table's cell. */
  public static String text(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        safe.append(' ');
      } else if (c == '&') {
        safe.append("&amp;");
      } else if (c == '<' && !isAt(text, i + 1, "= ")) {
        safe.append("&lt;");
      } else {
        safe.append(isSpecial(text, i) ? "\\" : "").append(c);
      }
    }
    // Without this, GitHub makes a link of any address.
    return safe.toString().replace("://", "\\://").replace("www.", "www\\.");
  }

  /** Spares what is only itself where it stands, so that the source stays legible. */
  private static boolean isSpecial(String text, int i) {
    char c = text.charAt(i);
    return SPECIAL.indexOf(c) >= 0
        || (i == 0 && SPECIAL_AT_START.indexOf(c) >= 0)
        || (c == ']' && isAt(text, i + 1, "([:"))
        || (c == '_' && !(isInWord(text, i - 1) && isInWord(text, i + 1)));
  }

  private static boolean isAt(String text, int i, String any) {
    return i < text.length() && any.indexOf(text.charAt(i)) >= 0;
  }

  private static boolean isInWord(String text, int i) {
    return i >= 0
        && i < text.length()
        && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_');
  }

  /** Returns a relative path as a link's target: whatever it holds, it stays a path. */
  public static String target(String path) {
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
  public static String code(String language, String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence + language + "\n" + text.stripTrailing() + "\n" + fence;
  }
}
