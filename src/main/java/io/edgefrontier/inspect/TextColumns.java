package io.edgefrontier.inspect;

import java.util.ArrayList;
import java.util.List;

/** Lines of aligned columns, two spaces in and two apart; the first row is the header. */
final class TextColumns {
  private final String alignment;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param alignment a letter for each column: {@code r} for numbers, {@code l} for words
   */
  TextColumns(String alignment) {
    this.alignment = alignment;
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines() {
    int[] widths = new int[alignment.length()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - row.get(i).length());
        boolean right = alignment.charAt(i) == 'r';
        line.append("  ").append(right ? space + row.get(i) : row.get(i) + space);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
