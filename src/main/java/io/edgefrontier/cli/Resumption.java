package io.edgefrontier.cli;

import io.edgefrontier.config.ConfigFile;
import io.edgefrontier.config.SettingKey;
import io.edgefrontier.config.Settings;
import io.edgefrontier.config.Stage;
import io.edgefrontier.measure.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the run that a job goes on with, because an earlier one was stopped in the middle. */
final class Resumption {
  private Resumption() {}

  /**
   * Returns the newest run of this machine that was not finished and that these settings would
   * measure alike.
   */
  static Optional<RunFolder> find(Settings settings) throws IOException {
    String machine = Machine.capture().id();
    for (RunFolder run : RunFolder.all(settings.outputDir())) {
      boolean here = run.path().getParent().endsWith(machine);
      if (here && !Files.exists(run.summary()) && differences(run, settings).isEmpty()) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  /**
   * Makes sure that what {@code run} holds was made with these settings.
   *
   * @throws IllegalArgumentException naming every setting that differs
   */
  static void check(RunFolder run, Settings settings) throws IOException {
    if (!Files.exists(run.config())) {
      return;
    }
    List<String> differences = differences(run, settings);
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "%s was made with other settings: %s; give the same ones, or --restart to start it over"
              .formatted(run.path(), String.join("; ", differences)));
    }
  }

  /** What is made of figures afterwards may change; what they were measured with may not. */
  private static List<String> differences(RunFolder run, Settings settings) throws IOException {
    Map<SettingKey, String> before = Settings.of(ConfigFile.read(run.config())).texts();
    Map<SettingKey, String> now = settings.texts();
    List<String> differences = new ArrayList<>();
    for (SettingKey key : SettingKey.values()) {
      String was = before.getOrDefault(key, "not set");
      String is = now.getOrDefault(key, "not set");
      if (bears(key) && !was.equals(is)) {
        differences.add("%s was %s, is %s".formatted(key.yamlName(), was, is));
      }
    }
    if (differences.isEmpty()) {
      addChangedArchives(run, settings, differences);
    }
    return differences;
  }

  /** The same table may name other bytes by now. */
  private static void addChangedArchives(RunFolder run, Settings settings, List<String> differences)
      throws IOException {
    Optional<Path> given = settings.variants().given();
    if (given.isPresent() && Files.exists(run.givenChecksums())) {
      String was = Files.readString(run.givenChecksums());
      if (!was.equals(GivenVariants.of(given.get()).checksums(settings))) {
        differences.add("archives or table of %s have changed".formatted(given.get()));
      }
    }
  }

  private static boolean bears(SettingKey key) {
    return key != SettingKey.LOCK
        && Stream.of(Stage.PREPARE, Stage.ACCURACY, Stage.BENCH).anyMatch(key::bearsOn);
  }
}
