package io.edgefrontier.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Raw values by key, and their conversion with errors that name key, value and expectation. */
final class SettingValues {
  private final Map<SettingKey, String> given;
  private final Map<SettingKey, String> defaults;

  /**
   * @param given what the user said
   * @param defaults what replaces the keys' own defaults
   */
  SettingValues(Map<SettingKey, String> given, Map<SettingKey, String> defaults) {
    this.given = new EnumMap<>(SettingKey.class);
    this.given.putAll(given);
    this.defaults = defaults;
  }

  boolean isGiven(SettingKey key) {
    return given.containsKey(key) && !text(key).equals("null");
  }

  String text(SettingKey key) {
    String value = given.get(key);
    return value == null ? defaults.getOrDefault(key, key.defaultText()) : value.strip();
  }

  /** Returns the value, or empty where it is null. */
  Optional<String> optional(SettingKey key) {
    String text = text(key);
    return text.equals("null") || text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  <T> T value(SettingKey key, Function<String, T> parser) {
    return parse(key, text(key), parser);
  }

  int integer(SettingKey key, int least) {
    String expected = "a whole number >= " + least;
    try {
      int value = Integer.parseInt(text(key));
      if (value < least) {
        throw error(key, text(key), expected, null);
      }
      return value;
    } catch (NumberFormatException e) {
      throw error(key, text(key), expected, e);
    }
  }

  double positive(SettingKey key) {
    return value(key, text -> positive(key, text));
  }

  /** Returns a positive finite number, or NaN where the value is null. */
  double positiveOrAbsent(SettingKey key) {
    return optional(key).map(text -> positive(key, text)).orElse(Double.NaN);
  }

  Path path(SettingKey key) {
    try {
      return value(key, Path::of);
    } catch (InvalidPathException e) {
      throw error(key, text(key), "a path", e);
    }
  }

  boolean bool(SettingKey key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error(key, text(key), "true or false", null);
    };
  }

  /** Returns the items of a list that may be neither empty nor name a value twice. */
  <T> List<T> list(SettingKey key, Function<String, T> parser) {
    List<T> items = new ArrayList<>();
    String text = text(key);
    if (text.isEmpty() || text.equals("null")) {
      throw error(key, "an empty list", "at least one value", null);
    }
    for (String item : text.split(",", -1)) {
      items.add(parse(key, item.strip(), parser));
    }
    if (new HashSet<>(items).size() < items.size()) {
      throw error(key, text, "every value once", null);
    }
    return items;
  }

  double positive(SettingKey key, String text) {
    double value = parse(key, text, Double::parseDouble);
    if (!(value > 0) || Double.isInfinite(value)) { // also rejects NaN
      throw error(key, text, "a number > 0", null);
    }
    return value;
  }

  private static <T> T parse(SettingKey key, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw error(key, text, "a number", e);
    }
  }

  /** Returns an error that names the key as YAML and command line spell it. */
  static IllegalArgumentException error(
      SettingKey key, String found, String expected, Throwable cause) {
    return new IllegalArgumentException(
        "%s (%s): expected %s, found '%s'".formatted(key.yamlName(), key.flag(), expected, found),
        cause);
  }
}
