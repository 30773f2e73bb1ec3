package io.edgefrontier.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The words of a marker. As in a shell, they are parted by white space and quotes keep it; a
 * backslash is a character like any other.
 */
final class MarkerWords {
  private MarkerWords() {}

  /**
   * Returns the words of a text.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        int closing = text.indexOf(c, i + 1);
        if (closing < 0) {
          throw new IllegalArgumentException(
              "the quote %s before '%s' is not closed".formatted(c, text.substring(i + 1).strip()));
        }
        word.append(text, i + 1, closing);
        inWord = true; // "" is a word, too
        i = closing;
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
        inWord = true;
      } else if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
      i++;
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** Returns text that {@link #of} reads as {@code words}. */
  static String text(List<String> words) {
    return words.stream().map(MarkerWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'');
    if (plain) {
      return word;
    }
    // What is between two double quotes goes into single ones, and they into double ones.
    return "\"" + word.replace("\"", "\"'\"'\"") + "\"";
  }
}
