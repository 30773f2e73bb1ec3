package io.edgefrontier.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python dictionary in the header of a NumPy array: strings, truth values and tuples of whole
 * numbers under names. It is parsed, never evaluated.
 */
final class NpyLiteral {
  private static final int MAX_DIMS = 32; // NumPy's own limit

  private final String text;
  private int next;

  private NpyLiteral(String text) {
    this.text = text;
  }

  /**
   * Returns the dictionary's values: String, Boolean, or List of Long.
   *
   * @throws IOException saying at which character it is something else
   */
  static Map<String, Object> parse(String text) throws IOException {
    NpyLiteral literal = new NpyLiteral(text);
    Map<String, Object> values = literal.dictionary();
    literal.skipSpace();
    if (literal.next < text.length()) {
      throw literal.error("nothing behind the dictionary");
    }
    return values;
  }

  private Map<String, Object> dictionary() throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      if (values.put(key, value()) != null) {
        throw error("every name once");
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    return values;
  }

  private Object value() throws IOException {
    skipSpace();
    if (text.startsWith("True", next)) {
      next += 4;
      return true;
    }
    if (text.startsWith("False", next)) {
      next += 5;
      return false;
    }
    return accept('(') ? tuple() : string();
  }

  private List<Long> tuple() throws IOException {
    List<Long> items = new ArrayList<>();
    while (!accept(')')) {
      items.add(number());
      if (items.size() > MAX_DIMS) {
        throw error("at most " + MAX_DIMS + " dimensions");
      }
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return List.copyOf(items);
  }

  private long number() throws IOException {
    skipSpace();
    int start = next;
    while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
      next++;
    }
    if (next == start || next - start > 18) {
      throw error("a whole number of at most 18 digits");
    }
    long number = Long.parseLong(text.substring(start, next));
    accept('L'); // as Python 2 wrote long integers
    return number;
  }

  private String string() throws IOException {
    skipSpace();
    char quote = next < text.length() ? text.charAt(next) : ' ';
    int end = text.indexOf(quote, next + 1);
    if ((quote != '\'' && quote != '"') || end < 0) {
      throw error("a quoted string, True, False or a tuple of whole numbers");
    }
    String string = text.substring(next + 1, end);
    if (string.indexOf('\\') >= 0) {
      throw error("a string without escapes");
    }
    next = end + 1;
    return string;
  }

  private void expect(char wanted) throws IOException {
    if (!accept(wanted)) {
      throw error("'" + wanted + "'");
    }
  }

  private boolean accept(char wanted) {
    skipSpace();
    boolean there = next < text.length() && text.charAt(next) == wanted;
    next += there ? 1 : 0;
    return there;
  }

  private void skipSpace() {
    while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\n')) {
      next++;
    }
  }

  private IOException error(String expected) {
    return new IOException("header: character %d: expected %s".formatted(next + 1, expected));
  }
}
