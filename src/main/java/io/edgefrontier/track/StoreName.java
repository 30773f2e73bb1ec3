package io.edgefrontier.track;

import java.util.regex.Pattern;

/** Names that become file names: nothing in them leads out of a folder. */
final class StoreName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  private StoreName() {}

  /**
   * Returns the name.
   *
   * @param what it is the name of
   * @throws IllegalArgumentException if it is none
   */
  static String require(String what, String name) {
    if (!isOne(name)) {
      throw new IllegalArgumentException(
          "%s '%s': expected 1 to 64 letters, digits, '.', '_' and '-', the first no '.'"
              .formatted(what, name));
    }
    return name;
  }

  static boolean isOne(String name) {
    return NAME.matcher(name).matches();
  }
}
