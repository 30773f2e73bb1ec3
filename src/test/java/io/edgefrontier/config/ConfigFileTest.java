package io.edgefrontier.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir private Path folder;

  @Test
  void readsListsScalarsAndNulls() throws IOException {
    Path file =
        file("pruning_levels: [0.0, 0.5]\nmodel: mlp\ntrain_subset: null\npareto_use_ci: false\n");
    assertEquals(
        Map.of(
            SettingKey.PRUNING_LEVELS, "0.0,0.5",
            SettingKey.MODEL, "mlp",
            SettingKey.TRAIN_SUBSET, "null",
            SettingKey.PARETO_USE_CI, "false"),
        ConfigFile.read(file));
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Map<SettingKey, String> values =
        Map.of(
            SettingKey.MODEL, "it's a: net.pt",
            SettingKey.PRUNING_LEVELS, "0.0,0.5",
            SettingKey.SEED, "7",
            SettingKey.OUTPUT_DIR, "results");
    assertEquals(values, ConfigFile.read(file(ConfigFile.write(values))));
  }

  @Test
  void namesTheNearestKeyForAnUnknownOne() throws IOException {
    Path file = file("pruning_level: [0.5]\n");
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ConfigFile.read(file));
    assertEquals(
        file + ": unknown key 'pruning_level'; did you mean 'pruning_levels'?", error.getMessage());
  }

  @Test
  void refusesWhatIsNoFlatYaml() throws IOException {
    for (String text :
        List.of("- a\n- b\n", "model: {a: b}\n", "precisions: [[fp32]]\n", "model: [", "a\n")) {
      Path file = file(text);
      IOException error = assertThrows(IOException.class, () -> ConfigFile.read(file), text);
      assertEquals(0, error.getMessage().indexOf(file.toString()), error.getMessage());
    }
  }

  @Test
  void refusesAKeyThatStandsTwiceAndTags() throws IOException {
    Path twice = file("seed: 1\nseed: 2\n");
    assertThrows(IOException.class, () -> ConfigFile.read(twice));
    Path tagged = file("model: !!java.io.File [x]\n");
    assertThrows(IOException.class, () -> ConfigFile.read(tagged));
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertEquals(Map.of(), ConfigFile.read(file("# nothing\n")));
  }

  @Test
  void takesAnExistingUsersConfigurationAsItIs() throws IOException {
    Path seed = Path.of("..", "shared", "seed-config.yaml");
    assumeTrue(Files.exists(seed), "skipped: ../shared/seed-config.yaml is not there");
    Settings settings = Settings.of(ConfigFile.read(seed));
    assertEquals("SmallCNN", settings.model().name());
    assertEquals(List.of(0.0, 0.25, 0.5, 0.7), settings.variants().pruningLevels());
    assertEquals(1 / 0.7, settings.budgets().latencyMultiplier());
    assertEquals(5, settings.bench().repeats().least());
    assertEquals(64.0, settings.budgets().peaks().orElseThrow().gmacPerS());
    assertEquals(8000, settings.training().subset().orElseThrow());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("sweep.yaml"), text);
  }
}
