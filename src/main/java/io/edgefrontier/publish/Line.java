package io.edgefrontier.publish;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a text.
 *
 * @param text without line end
 * @param end LF, CRLF or CR as the text has it; empty for a last line that has none
 */
record Line(String text, String end) {

  /** Returns the lines of a text; joined again they are the text. */
  static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int stop = start;
      while (stop < text.length() && text.charAt(stop) != '\n' && text.charAt(stop) != '\r') {
        stop++;
      }
      int next = Math.min(text.length(), stop + (text.startsWith("\r\n", stop) ? 2 : 1));
      lines.add(new Line(text.substring(start, stop), text.substring(stop, next)));
      start = next;
    }
    return lines;
  }
}
