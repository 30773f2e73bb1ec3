package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgefrontier.config.SettingKey;
import io.edgefrontier.config.Settings;
import io.edgefrontier.measure.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumptionTest {
  @TempDir private Path output;

  @Test
  void goesOnWithTheNewestUnfinishedRunOfTheSameSettings() throws IOException {
    Settings settings = settings(Map.of());
    made(Machine.capture().id(), "20260101T000000Z", settings);
    RunFolder newest = made(Machine.capture().id(), "20260102T000000Z", settings);
    assertEquals(Optional.of(newest), Resumption.find(settings));
  }

  @Test
  void leavesFinishedRunsAndThoseOfOtherMachinesAndOtherSettingsAlone() throws IOException {
    Settings settings = settings(Map.of());
    RunFolder finished = made(Machine.capture().id(), "20260101T000000Z", settings);
    Files.writeString(finished.summary(), "{}");
    made("12345678", "20260102T000000Z", settings);
    made(
        Machine.capture().id(),
        "20260103T000000Z",
        settings(Map.of(SettingKey.BENCHMARK_TIME, "20ms")));
    assertEquals(Optional.empty(), Resumption.find(settings));
  }

  @Test
  void budgetsMayChangeBetweenTheParts() throws IOException {
    RunFolder run = made(Machine.capture().id(), "20260101T000000Z", settings(Map.of()));
    Settings other = settings(Map.of(SettingKey.ACTIVE_MEMORY_BUDGET_MB, "7"));
    assertEquals(Optional.of(run), Resumption.find(other));
    assertDoesNotThrow(() -> Resumption.check(run, other));
  }

  @Test
  void namesEverySettingThatDiffers() throws IOException {
    RunFolder run = made(Machine.capture().id(), "20260101T000000Z", settings(Map.of()));
    Settings other = settings(Map.of(SettingKey.MODEL, "mlp", SettingKey.SEED, "8"));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Resumption.check(run, other));
    assertEquals(
        run.path()
            + " was made with other settings: model was resnet8, is mlp; seed was 7, is 8;"
            + " give the same ones, or --restart to start it over",
        error.getMessage());
  }

  private RunFolder made(String machine, String name, Settings settings) throws IOException {
    Path folder = output.resolve("runs").resolve(machine).resolve(name);
    RunFolder run = new RunFolder(Files.createDirectories(folder));
    run.save(settings);
    return run;
  }

  private Settings settings(Map<SettingKey, String> given) {
    Map<SettingKey, String> all = new EnumMap<>(SettingKey.class);
    all.putAll(given);
    all.put(SettingKey.OUTPUT_DIR, output.toString());
    return Settings.of(all);
  }
}
