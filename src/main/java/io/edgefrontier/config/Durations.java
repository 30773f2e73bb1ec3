package io.edgefrontier.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as JMH users write them: {@code 10ms}, {@code 500 us}, {@code 2m}; bare: s. */
final class Durations {
  private static final Pattern TEXT =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(us|ms|s|m|hr|h)?");

  private static final Map<String, Double> NANOS =
      Map.of("us", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "hr", 3600e9, "h", 3600e9);

  private Durations() {}

  /**
   * @throws IllegalArgumentException naming {@code key} if the text is no length of time above 0
   */
  static Duration parse(SettingKey key, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw error(key, text);
    }
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    double nanos = Double.parseDouble(matcher.group(1)) * NANOS.get(unit);
    if (!(nanos >= 1e3) || nanos > Long.MAX_VALUE) {
      throw error(key, text);
    }
    return Duration.ofNanos(Math.round(nanos));
  }

  private static IllegalArgumentException error(SettingKey key, String text) {
    return SettingValues.error(key, text, "a time such as 10ms, 2 s or 4m", null);
  }
}
