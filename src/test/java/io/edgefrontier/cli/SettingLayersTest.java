package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

class SettingLayersTest {
  @TempDir private Path folder;

  @Test
  void flagsLieOverTheFileAndTheFileOverDefaults() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "seed: 1\nthreads: 2\n");
    Settings settings = SettingOptions.read(parse("--config", file.toString(), "--seed", "3"));
    assertEquals(3, settings.seed());
    assertEquals(2, settings.bench().threads());
    assertEquals(128, settings.batchSize());
  }

  @Test
  void quickOverridesWhatAFileSaysOfItsKeys() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "benchmark_repeats: 5\n");
    Settings settings = SettingOptions.read(parse("--config", file.toString(), "--quick"));
    assertEquals(1, settings.bench().forks());
    assertTrue(settings.rough());
  }

  @Test
  void aRunRemembersWhatItWasMadeWith() throws IOException {
    RunFolder run = new RunFolder(folder);
    run.save(SettingOptions.read(parse("--quick", "--epochs", "4", "--model", "it's.pt")));
    Settings again = SettingOptions.read(parse("--power-watts", "2"), run);
    assertTrue(again.rough());
    assertEquals(1, again.bench().forks());
    assertTrue(again.training().epochsGiven());
    assertEquals("it's.pt", again.model().name());
    assertEquals(2, again.budgets().powerWatts());
    Settings untouched = Settings.of(Map.of());
    assertEquals(untouched.budgets().memory(), again.budgets().memory());
  }

  private static ParseResult parse(String... arguments) {
    return Main.commands().parseArgs(arguments);
  }
}
