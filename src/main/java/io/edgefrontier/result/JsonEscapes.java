package io.edgefrontier.result;

/** What follows a backslash in a JSON string. */
final class JsonEscapes {
  private JsonEscapes() {}

  /**
   * Returns what a string stands for.
   *
   * @param text between the quotes; no backslash is its last character
   */
  static String resolved(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      c = text.charAt(++i);
      int place = "bfnrt".indexOf(c);
      if (place >= 0) {
        plain.append("\b\f\n\r\t".charAt(place));
      } else if (c == 'u' && i + 4 < text.length() && isHex(text.substring(i + 1, i + 5))) {
        plain.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
        i += 4;
      } else if (c == '"' || c == '\\' || c == '/') {
        plain.append(c);
      } else {
        throw new IllegalArgumentException("found the escape \\" + c + ", which JSON has not");
      }
    }
    return plain.toString();
  }

  private static boolean isHex(String digits) {
    return digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
  }
}
