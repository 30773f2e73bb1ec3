package io.edgefrontier.result;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guesses what a misspelt name was meant to be. */
public final class NearestName {
  private NearestName() {}

  /**
   * Returns the known name with the fewest single-character edits from {@code name}, ignoring case.
   *
   * @return empty if none is nearer than half of the name's length
   */
  public static Optional<String> of(String name, Collection<String> known) {
    return several(name, known, 1).stream().findFirst();
  }

  /**
   * Returns up to {@code count} such names, the nearest first.
   *
   * @return empty if none is nearer than half of the name's length
   */
  public static List<String> several(String name, Collection<String> known, int count) {
    return known.stream()
        .filter(candidate -> edits(name, candidate) <= Math.max(1, name.length() / 2))
        .sorted(Comparator.comparingInt(candidate -> edits(name, candidate)))
        .limit(count)
        .toList();
  }

  /** Levenshtein's distance, one row of the table at a time. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replace = diagonal + (same(from.charAt(i - 1), to.charAt(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }

  private static boolean same(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
