package io.edgefrontier.track;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Spells keys of cells: a benchmark and its parameters, sorted by name. */
final class CellKeys {
  private static final int MAX_LENGTH = 2000;

  /** Short enough that no exponent makes a giant of it. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\\s\"=]|^$");

  private CellKeys() {}

  /**
   * Returns a key in which numbers are spelled one way: {@code 0.50} is {@code 0.5}.
   *
   * @throws IllegalArgumentException if it is longer than any real one
   */
  static String of(String benchmark, Map<String, String> params) {
    SortedMap<String, String> plain = new TreeMap<>();
    params.forEach((name, value) -> plain.put(name, number(value)));
    return spelled(benchmark, plain);
  }

  /**
   * Returns a key with the parameters as they are.
   *
   * @throws IllegalArgumentException if it is longer than any real one
   */
  static String verbatim(String benchmark, Map<String, String> params) {
    return spelled(benchmark, new TreeMap<>(params));
  }

  private static String spelled(String benchmark, SortedMap<String, String> params) {
    StringBuilder key = new StringBuilder(benchmark);
    params.forEach((name, value) -> key.append(' ').append(name).append('=').append(quoted(value)));
    if (key.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "name and parameters have %d characters, at most %d are supported"
              .formatted(key.length(), MAX_LENGTH));
    }
    // Keys go to terminals and pages.
    return CONTROL.matcher(key).find() ? CONTROL.matcher(key).replaceAll("\uFFFD") : key.toString();
  }

  private static String number(String value) {
    if (!NUMBER.matcher(value).matches()) {
      return value;
    }
    BigDecimal number = new BigDecimal(value);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String quoted(String value) {
    return NEEDS_QUOTES.matcher(value).find()
        ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : value;
  }
}
