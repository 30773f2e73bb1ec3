package io.edgefrontier.config;

import io.edgefrontier.result.NearestName;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads and writes the flat YAML file of {@code --config}: plain scalars and lists, no tags, no
 * duplicate keys.
 */
public final class ConfigFile {
  private static final long MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /**
   * Returns the values of the file, as text.
   *
   * @throws IOException if the file cannot be read or is not such YAML; the message names the file
   *     and the place
   * @throws IllegalArgumentException if a key is unknown; the message names the nearest known one
   */
  public static Map<SettingKey, String> read(Path file) throws IOException {
    Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
    for (Map.Entry<?, ?> entry : entries(file).entrySet()) {
      SettingKey key = key(file, String.valueOf(entry.getKey()));
      values.put(key, text(file, key, entry.getValue()));
    }
    return values;
  }

  /**
   * As {@link #read}, of a run that another version may have made: its unknown keys are passed
   * over.
   *
   * @throws IOException if the file cannot be read or is not such YAML; the message names the file
   *     and the place
   */
  public static Map<SettingKey, String> readKnown(Path file) throws IOException {
    Map<?, ?> entries = entries(file);
    Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
    for (SettingKey key : SettingKey.values()) {
      if (entries.containsKey(key.yamlName())) {
        values.put(key, text(file, key, entries.get(key.yamlName())));
      }
    }
    return values;
  }

  private static Map<?, ?> entries(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such configuration file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": larger than 1 MiB; a configuration is a few lines of YAML");
    }
    Object root;
    try {
      root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    } catch (YamlEngineException | MalformedInputException e) {
      throw new IOException(file + ": not valid YAML: " + e.getMessage(), e);
    }
    if (root == null) {
      return Map.of();
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new IOException(file + ": expected lines of the form 'key: value'");
    }
    return map;
  }

  /** Returns YAML text that {@link #read} reads back. */
  public static String write(Map<SettingKey, String> values) {
    return Arrays.stream(SettingKey.values())
        .filter(values::containsKey)
        .map(key -> key.yamlName() + ": " + scalar(values.get(key)) + "\n")
        .collect(Collectors.joining());
  }

  private static String scalar(String text) {
    boolean plain = text.matches("[A-Za-z0-9][A-Za-z0-9_./-]*");
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }

  private static SettingKey key(Path file, String name) {
    return Arrays.stream(SettingKey.values())
        .filter(key -> key.yamlName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: unknown key '%s'; %s".formatted(file, name, hint(name))));
  }

  private static String hint(String name) {
    return NearestName.of(name, SettingKey.yamlNames())
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElse("known keys: " + String.join(", ", SettingKey.yamlNames()));
  }

  private static String text(Path file, SettingKey key, Object value) throws IOException {
    if (value instanceof List<?> list) {
      if (list.stream().anyMatch(item -> item instanceof List || item instanceof Map)) {
        throw new IOException(file + ": " + key.yamlName() + ": expected a flat list");
      }
      return list.stream().map(Objects::toString).collect(Collectors.joining(","));
    }
    if (value instanceof Map) {
      throw new IOException(file + ": " + key.yamlName() + ": expected a value or a list");
    }
    return String.valueOf(value);
  }
}
