package io.edgefrontier.config;

import io.edgefrontier.result.NearestName;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters of a sweep's benchmarks as JMH users give them, {@code -p name=value,value}, and
 * the settings that they stand for.
 */
public final class JmhParameters {
  private static final SortedMap<String, SettingKey> KEYS =
      new TreeMap<>(
          Map.of(
              "pruningLevel", SettingKey.PRUNING_LEVELS,
              "precision", SettingKey.PRECISIONS,
              "batchSize", SettingKey.BATCH_SIZES,
              "arrivalRate", SettingKey.ARRIVAL_RATE));

  private JmhParameters() {}

  /** Returns the names that a sweep knows. */
  public static Collection<String> names() {
    return KEYS.keySet();
  }

  /**
   * Returns the settings that parameters stand for; values of a name that is given more than once
   * add up, as they do in JMH.
   *
   * @param parameters one {@code name=value,...} each
   * @throws IllegalArgumentException if one has no such form, or a name that no sweep knows
   */
  public static Map<SettingKey, String> settings(List<String> parameters) {
    Map<SettingKey, String> settings = new EnumMap<>(SettingKey.class);
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "-p: expected NAME=VALUE,..., found '%s'".formatted(parameter));
      }
      settings.merge(
          key(parameter.substring(0, equals).strip()),
          parameter.substring(equals + 1),
          (before, more) -> before + "," + more);
    }
    return settings;
  }

  private static SettingKey key(String name) {
    SettingKey key = KEYS.get(name);
    if (key == null) {
      String hint =
          NearestName.of(name, names())
              .map(nearest -> "did you mean '%s'? ".formatted(nearest))
              .orElse("");
      throw new IllegalArgumentException(
          "-p: unknown parameter '%s'; %sa sweep knows %s"
              .formatted(name, hint, String.join(", ", names())));
    }
    return key;
  }
}
