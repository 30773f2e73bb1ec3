package io.edgefrontier.report;

import java.util.List;

/** A series as one line of characters that are the higher the larger the value is. */
final class Sparkline {
  private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
  private static final String ASCII = "_.-=+*%#";
  private static final int LONGEST = 32;

  private Sparkline() {}

  /**
   * Returns the newest {@value #LONGEST} values, the smallest of which has the lowest character.
   */
  static String of(List<Double> values, boolean blocks) {
    List<Double> shown = values.subList(Math.max(0, values.size() - LONGEST), values.size());
    double low = shown.stream().mapToDouble(value -> value).min().orElse(0);
    double high = shown.stream().mapToDouble(value -> value).max().orElse(0);
    String levels = blocks ? BLOCKS : ASCII;
    StringBuilder line = new StringBuilder();
    for (double value : shown) {
      double share = high > low ? (value - low) / (high - low) : 0;
      line.append(levels.charAt((int) Math.rint(share * (levels.length() - 1))));
    }
    return line.toString();
  }
}
