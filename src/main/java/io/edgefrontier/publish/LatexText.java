package io.edgefrontier.publish;

import java.util.Map;

/**
 * Foreign text made safe for LaTeX, whichever engine and encoding of fonts: what not all of them
 * have is spelled by its code point.
 */
final class LatexText {
  private static final String ESCAPED = "{}$&#%_";

  /** Letters of Latin-1 that the oldest encoding of fonts lacks. */
  private static final String NOT_IN_OT1 = "ÐÞðþ×÷";

  /**
   * Brackets and stars are arguments of the line end before them, two hyphens a dash, a quotation
   * mark a command of some languages.
   */
  private static final Map<Integer, String> COMMANDS =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '|', "\\textbar{}"),
          Map.entry((int) '<', "\\textless{}"),
          Map.entry((int) '>', "\\textgreater{}"),
          Map.entry((int) '"', "\\char34{}"),
          Map.entry((int) '`', "\\char96{}"),
          Map.entry((int) '\'', "\\char39{}"),
          Map.entry((int) '[', "{[}"),
          Map.entry((int) ']', "{]}"),
          Map.entry((int) '*', "{*}"),
          Map.entry((int) '-', "-{}"),
          Map.entry((int) '±', "$\\pm$"),
          Map.entry((int) 'µ', "$\\mu$"),
          Map.entry((int) '…', "\\ldots{}"));

  private LatexText() {}

  /** Returns text that is typeset as itself, in a paragraph, a field or a caption. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().forEach(c -> safe.append(of(c)));
    // A hyphen inside a word needs no help.
    return safe.toString().replaceAll("(?<=[A-Za-z0-9])-\\{\\}(?=[A-Za-z0-9])", "-");
  }

  private static String of(int c) {
    if (ESCAPED.indexOf(c) >= 0) {
      return "\\" + (char) c;
    }
    if (COMMANDS.containsKey(c)) {
      return COMMANDS.get(c);
    }
    boolean latin = c >= 0xC0 && c <= 0xFF && NOT_IN_OT1.indexOf(c) < 0;
    return (c >= ' ' && c < 0x7F) || latin ? Character.toString(c) : of(VisibleText.code(c));
  }
}
