package io.edgefrontier.publish;

/**
 * A block that does not say what its marker asks for.
 *
 * @param marker of the block
 * @param line number of the first line that differs, from 1
 * @param found what it says, with its line end; empty where a line is missing
 * @param expected what it should say, with its line end; empty where it should not be there
 */
public record StaleBlock(Marker marker, int line, String found, String expected) {
  private static final int MOST = 160;

  /**
   * Returns what is wrong, in one paragraph of several lines without a line end.
   *
   * @param file as the user named it
   */
  public String message(String file) {
    return """
        %s:%d: stale: %s
          line %d
            says     %s
            expected %s"""
        .formatted(
            file,
            marker.line(),
            MarkerWords.text(marker.arguments()),
            line,
            shown(found, expected),
            shown(expected, found));
  }

  /** Shows a line end only where it is the difference. */
  private static String shown(String text, String other) {
    if (text.isEmpty()) {
      return "(nothing: the block ends before)";
    }
    String line = text.stripTrailing();
    if (!other.isEmpty() && line.equals(other.stripTrailing())) {
      return text.replace("\r", "\\r").replace("\n", "\\n");
    }
    if (line.isEmpty()) {
      return "(a blank line)";
    }
    return excerpt(line, firstDifference(line, other)).replaceAll("\\p{Cntrl}", " ");
  }

  /** Returns the part of a line around the place where it differs. */
  private static String excerpt(String line, int difference) {
    if (line.length() <= MOST) {
      return line;
    }
    int start = Math.max(0, Math.min(difference - MOST / 2, line.length() - MOST));
    int stop = Math.min(line.length(), start + MOST);
    return (start == 0 ? "" : "...")
        + line.substring(start, stop)
        + (stop == line.length() ? "" : "...");
  }

  private static int firstDifference(String line, String other) {
    int i = 0;
    while (i < line.length() && i < other.length() && line.charAt(i) == other.charAt(i)) {
      i++;
    }
    return i;
  }
}
