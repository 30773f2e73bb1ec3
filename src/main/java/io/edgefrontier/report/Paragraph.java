package io.edgefrontier.report;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines for a terminal: plain ASCII, no line longer than the width. */
final class Paragraph {
  /** A space that no line breaks at, such as that before a unit. */
  static final char TIED_SPACE = '\u00A0';

  private static final int WIDTH = 100;

  private Paragraph() {}

  /**
   * Returns the lines of a text.
   *
   * @param indent before the first line; the others are indented two columns further
   */
  static List<String> lines(String text, int indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    boolean empty = true;
    for (String word : text.strip().split(" +", -1)) {
      String rest = TerminalTable.ascii(word.replace(TIED_SPACE, ' '));
      while (line.length() + (empty ? 0 : 1) + rest.length() > WIDTH) {
        if (empty) { // a word that no line holds
          int room = WIDTH - line.length();
          line.append(rest, 0, room);
          rest = rest.substring(room);
        }
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent == 0 ? 0 : indent + 2));
        empty = true;
      }
      line.append(empty ? "" : " ").append(rest);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
