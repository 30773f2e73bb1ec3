package io.edgefrontier.config;

import java.util.Comparator;
import java.util.List;

/** Finds what somebody most likely meant to type. */
final class Nearest {
  private Nearest() {}

  /** Returns the choice with the smallest edit distance to {@code word}; the first of equals. */
  static String of(String word, List<String> choices) {
    return choices.stream().min(Comparator.comparingInt(c -> distance(word, c))).orElseThrow();
  }

  /** Returns the Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], diagonal));
      }
    }
    return row[b.length()];
  }
}
