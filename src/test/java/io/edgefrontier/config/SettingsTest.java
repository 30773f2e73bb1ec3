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
  void layersAreProfiledOnRequestOnly() {
    assertFalse(Settings.of(Map.of()).variants().profileLayers());
    assertTrue(Settings.of(Map.of(SettingKey.PROFILE_LAYERS, "true")).variants().profileLayers());
  }

  @Test
  void quickIsOneForkAndSaysThatItIsRough() {
    Settings quick = Settings.of(Map.of(SettingKey.PROFILE, "quick"));
    assertTrue(quick.rough());
    assertEquals(1, quick.bench().repeats().least());
    assertEquals(0, quick.bench().repeats().coldStart());
  }

  @Test
  void whatTheUserSaysWinsOverTheProfile() {
    Settings quick =
        Settings.of(Map.of(SettingKey.PROFILE, "quick", SettingKey.BENCHMARK_REPEATS, "4"));
    assertEquals(4, quick.bench().repeats().least());
  }

  @Test
  void benchmarkRepeatsIsAFixedNumberOfForks() {
    BenchSettings.Repeats repeats =
        Settings.of(Map.of(SettingKey.BENCHMARK_REPEATS, "12")).bench().repeats();
    assertEquals(12, repeats.least());
    assertEquals(12, repeats.most());
  }

  @Test
  void theOtherBoundOfForksFollowsTheOneThatIsGiven() {
    assertEquals(20, Settings.of(Map.of(SettingKey.MIN_FORKS, "20")).bench().repeats().most());
    assertEquals(2, Settings.of(Map.of(SettingKey.MAX_FORKS, "2")).bench().repeats().least());
    Map<SettingKey, String> crossed = Map.of(SettingKey.MIN_FORKS, "5", SettingKey.MAX_FORKS, "4");
    assertThrows(IllegalArgumentException.class, () -> Settings.of(crossed));
  }

  @Test
  void tinyLikeMeasuresFiveWindowsOfTenSeconds() {
    BenchSettings bench = Settings.of(Map.of(SettingKey.PROFILE, "tiny-like")).bench();
    assertEquals(5, bench.repeats().least());
    assertEquals(5, bench.repeats().most());
    BenchSettings.Iterations window = bench.measurement();
    assertTrue(window.time().multipliedBy(window.count()).toSeconds() >= 10);
  }

  @Test
  void aPrecisionTargetIsAShareOrAPercentage() {
    assertEquals(0.02, Settings.of(Map.of()).bench().repeats().precisionTarget());
    assertEquals(
        0.005,
        Settings.of(Map.of(SettingKey.PRECISION_TARGET, "0.005"))
            .bench()
            .repeats()
            .precisionTarget());
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
        "IMPORTANCE              | l3    | unknown importance 'l3'; available: l1, l2, batch-norm",
        "ROUND_TO                | 0     | a whole number >= 1",
        "GLOBAL                  | maybe | true or false",
        "EXCLUDE                 | a,a   | every value once",
        "BUDGET_METRIC           | x     | available",
        "BATCH_SIZES             | 0     | whole numbers >= 1",
        "BENCHMARK_REPEATS       | 0     | a whole number >= 1",
        "PRECISION_TARGET        | 0     | a number > 0",
        "PRECISION_TARGET        | 100%  | a share below 1, such as 0.02 or 2%",
        "TIME_BUDGET             | soon  | a time such as 10ms, 2 s or 4m",
        "BENCHMARK_TIME          | 0     | a time such as 10ms, 2 s or 4m",
        "THREADS                 | 1,0   | whole numbers >= 1",
        "ARRIVAL_RATE            | -1    | a number > 0",
        "POWER_WATTS             | -5    | a number > 0",
        "PROFILE                 | fast  | default, quick, thorough or tiny-like",
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
