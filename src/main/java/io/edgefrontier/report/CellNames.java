package io.edgefrontier.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names of cells for tables: what all of them share is said once. */
final class CellNames {
  private final Set<String> shared;

  private CellNames(Set<String> shared) {
    this.shared = shared;
  }

  /** Finds what these keys share. */
  static CellNames of(Collection<String> keys) {
    Set<String> shared = new LinkedHashSet<>();
    boolean first = true;
    for (String key : keys) {
      List<String> words = words(key);
      if (words.size() == 1) {
        continue; // a cell without parameters, such as the reference, keeps its name anyway
      }
      if (first) {
        shared.addAll(words);
        first = false;
      } else {
        shared.retainAll(new LinkedHashSet<>(words));
      }
    }
    return keys.size() < 2 ? new CellNames(Set.of()) : new CellNames(shared);
  }

  /** Splits at spaces, but for those of quoted values. */
  private static List<String> words(String key) {
    List<String> words = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(key.substring(start, i));
        start = i + 1;
      }
    }
    words.add(key.substring(start));
    return words;
  }

  /** Returns what is in the name of every cell with parameters; empty if nothing is. */
  String shared() {
    return String.join(" ", shared);
  }

  /** Returns the rest of a cell's name. */
  String of(String key) {
    List<String> words = new ArrayList<>(words(key));
    if (words.size() == 1) {
      return key;
    }
    words.removeAll(shared);
    return words.isEmpty() ? key : String.join(" ", words);
  }
}
