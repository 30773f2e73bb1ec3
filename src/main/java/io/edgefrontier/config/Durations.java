package io.edgefrontier.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as JMH users write them: {@code 10ms}, {@code 500 us}, {@code 2m}; bare: s. */
public final class Durations {
  private static final Pattern TEXT =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(us|ms|s|m|hr|h)?");

  private static final Map<String, Double> NANOS =
      Map.of("us", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "hr", 3600e9, "h", 3600e9);

  private Durations() {}

  static Duration parse(SettingKey key, String text) {
    return parse(text)
        .orElseThrow(() -> SettingValues.error(key, text, "a time such as 10ms, 2 s or 4m", null));
  }

  /** Returns the length that a text names; empty if it names none above 0. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    double nanos = Double.parseDouble(matcher.group(1)) * NANOS.get(unit);
    return nanos >= 1e3 && nanos <= Long.MAX_VALUE
        ? Optional.of(Duration.ofNanos(Math.round(nanos)))
        : Optional.empty();
  }
}
