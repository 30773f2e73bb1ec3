package io.edgefrontier.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.variant.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void defaultsAreTheSixteenCellsOfTheMainJob() {
    Settings settings = Settings.of(Map.of());
    assertEquals(List.of(0.0, 0.25, 0.5, 0.75), settings.variants().pruningLevels());
    assertEquals(List.of(Precision.values()), settings.variants().precisions());
    assertEquals("resnet8", settings.model().name());
    assertEquals(1.0, settings.budgets().latencyMultiplier());
    assertFalse(settings.rough());
  }

  @Test
  void quickIsOneForkAndSaysThatItIsRough() {
    Settings quick = Settings.of(Map.of(SettingKey.PROFILE, "quick"));
    assertTrue(quick.rough());
    assertEquals(1, quick.bench().forks());
    assertEquals(0, quick.bench().coldStartForks());
  }

  @Test
  void whatTheUserSaysWinsOverTheProfile() {
    Settings quick =
        Settings.of(Map.of(SettingKey.PROFILE, "quick", SettingKey.BENCHMARK_REPEATS, "4"));
    assertEquals(4, quick.bench().forks());
  }

  @Test
  void theMultiplierIsTheInverseOfTheFrequencyScale() {
    Settings settings = Settings.of(Map.of(SettingKey.CPU_FREQUENCY_SCALE, "0.5"));
    assertEquals(2.0, settings.budgets().latencyMultiplier());
  }

  @Test
  void refusesTwoWordsForTheSameFactor() {
    Map<SettingKey, String> both =
        Map.of(SettingKey.CPU_FREQUENCY_SCALE, "0.5", SettingKey.LATENCY_MULTIPLIER, "3.0");
    assertThrows(IllegalArgumentException.class, () -> Settings.of(both));
  }

  @Test
  void theNewerKeyForTheFrontiersAccuracyWins() {
    assertTrue(Settings.of(Map.of(SettingKey.PARETO_USE_CI, "true")).frontier().useCi());
    Settings both =
        Settings.of(Map.of(SettingKey.PARETO_USE_CI, "true", SettingKey.FRONTIER_ACCURACY, "top1"));
    assertFalse(both.frontier().useCi());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACTIVE_MEMORY_BUDGET_MB | 0     | a number > 0",
        "ACTIVE_MEMORY_BUDGET_MB | NaN   | a number > 0",
        "ACTIVE_MEMORY_BUDGET_MB | x     | a number",
        "MEMORY_BUDGETS_MB       | 1,-2  | a number > 0",
        "MEMORY_BUDGETS_MB       | ''    | at least one value",
        "MEMORY_BUDGETS_MB       | 1,1.0 | every value once",
        "PRUNING_LEVELS          | 0,1   | levels in [0, 1)",
        "PRUNING_LEVELS          | -0.1  | levels in [0, 1)",
        "PRUNING_LEVELS          | NaN   | levels in [0, 1)",
        "PRUNING_LEVELS          | 0.5,0.50 | every value once",
        "PRUNING_LEVELS          | 0,-0.0 | every value once",
        "PRECISIONS              | ''    | at least one value",
        "PRECISIONS              | int4  | unknown precision 'int4'; available: fp32, bf16, fp16",
        "CALIBRATION             | x     | available",
        "BUDGET_METRIC           | x     | available",
        "BATCH_SIZES             | 0     | whole numbers >= 1",
        "BENCHMARK_REPEATS       | 0     | a whole number >= 1",
        "POWER_WATTS             | -5    | a number > 0",
        "PROFILE                 | fast  | default or quick",
        "PARETO_USE_CI           | maybe | true or false",
        "FRONTIER_ACCURACY       | top5  | top1 or ci-low"
      })
  void saysWhatItExpectedInsteadOfABadValue(SettingKey key, String value, String expected) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of(key, value)));
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }

  @Test
  void namesKeyAndFlag() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> Settings.of(Map.of(SettingKey.SEED, "seven")));
    assertEquals("seed (--seed): expected a number, found 'seven'", error.getMessage());
  }
}
