package io.edgefrontier.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many columns of a fixed-width font a text takes: none for combining marks and what is not
 * seen, two for East Asian wide characters and emoji, one for the rest.
 */
public final class DisplayWidth {
  /** What people see as one character, such as a family of emoji. */
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  private static final int EMOJI_STYLE = 0xFE0F;

  /** First and last of each range of wide characters: UAX #11 with emoji, rounded to blocks. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3,
    0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1,
    0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA,
    0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B,
    0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
    0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E,
    0x3041, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19,
    0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FF, 0x1F004,
    0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F1E6, 0x1F320, 0x1F32D,
    0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0,
    0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF,
    0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4,
    0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5,
    0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C,
    0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x3FFFD
  };

  private DisplayWidth() {}

  /** Returns the columns that a text takes. */
  public static int of(String text) {
    int width = 0;
    Matcher clusters = CLUSTER.matcher(text);
    while (clusters.find()) {
      width += ofCluster(clusters.group());
    }
    return width;
  }

  /** Returns the text, or what fits of it and an ellipsis. */
  public static String clip(String text, int columns) {
    // Marks take no column, and yet there is no end to how many may be heaped on one letter.
    long most = 4L * columns;
    if (text.length() <= most && of(text) <= columns) {
      return text;
    }
    StringBuilder clipped = new StringBuilder();
    int width = 0;
    Matcher clusters = CLUSTER.matcher(text);
    while (clusters.find()) {
      int next = ofCluster(clusters.group());
      if (width + next >= columns || clusters.end() > most) {
        return clipped.append('…').toString();
      }
      width += next;
      clipped.append(clusters.group());
    }
    return text;
  }

  private static int ofCluster(String cluster) {
    int widest = 0;
    boolean emoji = false;
    for (int c : cluster.codePoints().toArray()) {
      widest = Math.max(widest, ofCharacter(c));
      emoji |= c == EMOJI_STYLE;
    }
    return emoji && widest > 0 ? 2 : widest;
  }

  private static int ofCharacter(int c) {
    switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.CONTROL -> {
        return 0;
      }
      default -> {
        return isWide(c) ? 2 : 1;
      }
    }
  }

  private static boolean isWide(int c) {
    for (int i = 0; i < WIDE.length && WIDE[i] <= c; i += 2) {
      if (c <= WIDE[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
