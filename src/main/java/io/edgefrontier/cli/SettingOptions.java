package io.edgefrontier.cli;

import io.edgefrontier.config.ConfigFile;
import io.edgefrontier.config.JmhParameters;
import io.edgefrontier.config.SettingKey;
import io.edgefrontier.config.Settings;
import io.edgefrontier.config.Stage;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.variant.ManifestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of the settings that bear on a command's stages, beside {@code --config}. */
final class SettingOptions {
  /** JMH's own flag for parameters of benchmarks. */
  private static final String PARAMETER = "-p";

  private SettingOptions() {}

  /** Adds a flag for every setting that bears on one of {@code stages}, and the output folder's. */
  static void addTo(CommandSpec command, Stage... stages) {
    command.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    command.addOption(
        OptionSpec.builder("--version").versionHelp(true).description("Show the version.").build());
    command.addOption(
        OptionSpec.builder("--config")
            .paramLabel("FILE")
            .type(Path.class)
            .description("YAML file of settings; flags override it.")
            .build());
    if (Arrays.asList(stages).contains(Stage.BENCH)) {
      command.addOption(
          OptionSpec.builder("--quick").description("Short for --profile quick.").build());
      command.addOption(parameters());
    }
    if (Arrays.asList(stages).contains(Stage.PREPARE)) {
      command.addOption(
          OptionSpec.builder("--tune").description("Short for --lowering tune.").build());
    }
    for (SettingKey key : SettingKey.values()) {
      boolean wanted = key == SettingKey.OUTPUT_DIR || Arrays.stream(stages).anyMatch(key::bearsOn);
      if (wanted) {
        command.addOption(option(key));
      }
    }
  }

  private static OptionSpec parameters() {
    return OptionSpec.builder(PARAMETER)
        .paramLabel("NAME=VALUE,...")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .description(
            "Cells, as JMH takes its parameters: "
                + String.join(", ", JmhParameters.names())
                + ". Once for each.")
        .build();
  }

  private static OptionSpec option(SettingKey key) {
    if (key.isSwitch()) {
      boolean on = Boolean.parseBoolean(key.defaultText());
      return OptionSpec.builder(key.flag())
          .negatable(true)
          .type(boolean.class)
          .defaultValue(key.defaultText())
          .fallbackValue("true")
          .description(key.description() + (on ? " On unless switched off." : ""))
          .build();
    }
    String[] names =
        Stream.concat(key.jmhFlag().stream(), Stream.of(key.flag())).toArray(String[]::new);
    return OptionSpec.builder(names)
        .paramLabel(key.paramLabel())
        .type(String.class)
        .description(text(key))
        .build();
  }

  private static String text(SettingKey key) {
    String text = key.description() + " Default: " + key.defaultText() + ".";
    return text.replace("%", "%%"); // picocli formats it
  }

  /**
   * Returns the settings of the flags over those of {@code --config} over the defaults.
   *
   * @throws IOException if the configuration file cannot be read
   */
  static Settings read(ParseResult flags) throws IOException {
    return read(flags, Map.of());
  }

  /** Returns the settings that a run was made with, whatever the command line says. */
  static Settings of(RunFolder run) throws IOException {
    return read(ParseResult.builder(CommandSpec.create()).build(), run);
  }

  /**
   * As {@link #read(ParseResult)}, with the settings that a run was made with below all; those that
   * say which variants there are come from its manifest where no configuration tells.
   */
  static Settings read(ParseResult flags, RunFolder run) throws IOException {
    Map<SettingKey, String> below = new EnumMap<>(SettingKey.class);
    if (Files.exists(run.manifest())) {
      List<ManifestEntry> manifest = ManifestTable.TABLE.read(run.manifest());
      below.put(SettingKey.PRUNING_LEVELS, axis(manifest, entry -> entry.variant().pruningLevel()));
      below.put(
          SettingKey.PRECISIONS, axis(manifest, entry -> entry.variant().precision().label()));
    }
    if (Files.exists(run.config())) {
      below.putAll(ConfigFile.read(run.config()));
    }
    return read(flags, below);
  }

  private static String axis(List<ManifestEntry> manifest, Function<ManifestEntry, Object> value) {
    return manifest.stream()
        .map(value)
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  /** As {@link #read(ParseResult)}, with other defaults. */
  static Settings read(ParseResult flags, Map<SettingKey, String> below) throws IOException {
    Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
    values.putAll(below);
    Path file = flags.matchedOptionValue("--config", (Path) null);
    if (file != null) {
      over(values, ConfigFile.read(file));
    }
    over(values, typed(flags));
    addGivenAxes(values);
    OwnBudgets.addTo(values);
    return Settings.of(values);
  }

  /** Variants made elsewhere have the levels and precisions of their table, if none is said. */
  private static void addGivenAxes(Map<SettingKey, String> values) throws IOException {
    String given = values.getOrDefault(SettingKey.VARIANTS, "null").strip();
    boolean said =
        values.containsKey(SettingKey.PRUNING_LEVELS) && values.containsKey(SettingKey.PRECISIONS);
    if (!said && !given.isEmpty() && !given.equals("null")) {
      GivenVariants.of(Path.of(given)).axes().forEach(values::putIfAbsent);
    }
  }

  private static Map<SettingKey, String> typed(ParseResult flags) {
    Map<SettingKey, String> typed = new EnumMap<>(SettingKey.class);
    if (flags.hasMatchedOption("--quick")) {
      typed.put(SettingKey.PROFILE, "quick");
    }
    if (flags.hasMatchedOption("--tune")) {
      typed.put(SettingKey.LOWERING, "tune");
    }
    for (SettingKey key : SettingKey.values()) {
      // merge has options of its own by the names of settings: --accuracy and --variants.
      if (flags.hasMatchedOption(key.flag())
          && flags.matchedOption(key.flag()).type() != Path.class) {
        typed.put(key, String.valueOf(flags.matchedOptionValue(key.flag(), (Object) "")));
      }
    }
    Map<SettingKey, String> parameters =
        JmhParameters.settings(flags.matchedOptionValue(PARAMETER, List.<String>of()));
    parameters.forEach(
        (key, value) -> {
          if (typed.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException(
                "%s: given twice, as %s %s and by -p as %s; leave one of them out"
                    .formatted(key.yamlName(), key.flag(), typed.get(key), value));
          }
        });
    return typed;
  }

  /** Puts {@code upper} over {@code values}; a profile in it clears what the profile sets. */
  private static void over(Map<SettingKey, String> values, Map<SettingKey, String> upper) {
    if (upper.containsKey(SettingKey.PROFILE)) {
      values.keySet().removeAll(Settings.keysOf(upper.get(SettingKey.PROFILE)));
    }
    values.putAll(upper);
  }
}
