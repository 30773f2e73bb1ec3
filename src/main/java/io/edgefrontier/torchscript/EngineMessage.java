package io.edgefrontier.torchscript;

import java.util.List;
import java.util.regex.Pattern;

/** What the engine says of code that it does not compile or run, over many lines. */
final class EngineMessage {
  private static final String MARK = "<--- HERE";
  private static final Pattern RAISED = Pattern.compile("[A-Za-z.]*(Error|Exception): .+");
  private static final int MAX_LENGTH = 300;

  private EngineMessage() {}

  /** Returns whether the statement at which it stopped contains {@code code}. */
  static boolean isAt(String message, String code) {
    List<String> lines = message.lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).contains(MARK)) {
        return lines.get(i - 1).contains(code);
      }
    }
    return false;
  }

  /** Returns the line that says most: what was raised while it ran, or the first. */
  static String line(String message) {
    List<String> lines =
        message.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String line =
        lines.stream()
            .filter(candidate -> RAISED.matcher(candidate).matches())
            .reduce((earlier, later) -> later)
            .orElse(lines.isEmpty() ? "it does not say why" : lines.get(0));
    String printable = ArchiveInput.printable(line);
    return printable.length() > MAX_LENGTH ? printable.substring(0, MAX_LENGTH) : printable;
  }
}
