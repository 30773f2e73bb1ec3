package io.edgefrontier.publish;

import io.edgefrontier.report.DisplayWidth;
import java.util.Locale;

/** Foreign text that cannot deceive: one line, and every character of it is seen. */
final class VisibleText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** Columns that a name or a reason may take, so that it does not push the figures away. */
  private static final int LONGEST_LABEL = 80;

  private static final int LONGEST_FACT = 300;

  private static final int LONGEST_NOTE = 1000;

  private VisibleText() {}

  /**
   * Returns the text on one line. What is not seen is spelled, such as {@code [U+202E]} for an
   * override of the direction of writing; joiners stay, since scripts and emoji need them.
   */
  static String of(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isWhitespace(c)) {
                visible.append(' ');
              } else if (Character.getType(c) == Character.SURROGATE) {
                visible.append('\uFFFD'); // half a character is none
              } else if (isHidden(c)) {
                visible.append(code(c));
              } else {
                visible.appendCodePoint(c);
              }
            });
    return visible.toString().strip();
  }

  /** As {@link #of}, cut to what a field of a table has room for. */
  static String label(String text) {
    return DisplayWidth.clip(of(text), LONGEST_LABEL);
  }

  /** As {@link #of}, cut to what a fact about a machine needs. */
  static String fact(String text) {
    return DisplayWidth.clip(of(text), LONGEST_FACT);
  }

  /** As {@link #of}, cut to what a reader bears under a table. */
  static String note(String text) {
    return DisplayWidth.clip(of(text), LONGEST_NOTE);
  }

  /** Returns whether readers do not see a character that they may be deceived by. */
  static boolean isHidden(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.UNASSIGNED
        || (type == Character.FORMAT && c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER);
  }

  /** Returns what stands for a character that cannot be shown. */
  static String code(int c) {
    return String.format(Locale.ROOT, "[U+%04X]", c);
  }

  private static boolean isWhitespace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
