package io.edgefrontier.config;

import io.edgefrontier.analysis.BudgetMetric;
import io.edgefrontier.analysis.HardwarePeaks;
import io.edgefrontier.analysis.MemoryBudgets;
import io.edgefrontier.lower.Calibration;
import io.edgefrontier.lower.Lowering;
import io.edgefrontier.prune.Importance;
import io.edgefrontier.variant.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Every setting, converted and checked.
 *
 * @param rough whether the profile is too short for figures to rely on
 * @param texts the values as text, for the run's own configuration file
 */
public record Settings(
    ModelSettings model,
    TrainingSettings training,
    VariantSettings variants,
    BenchSettings bench,
    BudgetSettings budgets,
    FrontierSettings frontier,
    DataSettings data,
    OptionalInt validationSubset,
    int batchSize,
    long seed,
    Path outputDir,
    boolean rough,
    Map<SettingKey, String> texts) {

  /** What each profile sets where nothing else is said. */
  private static final Map<String, Map<SettingKey, String>> PROFILES =
      Map.of(
          "default",
          Map.of(),
          "quick",
          Map.of(
              SettingKey.MIN_FORKS, "1",
              SettingKey.MAX_FORKS, "12",
              SettingKey.TIME_BUDGET, "60s",
              SettingKey.COLD_START_REPEATS, "0",
              SettingKey.ENERGY_REPEATS, "0"),
          "thorough",
          Map.of(
              SettingKey.MIN_FORKS, "10",
              SettingKey.MAX_FORKS, "40",
              SettingKey.PRECISION_TARGET, "1%",
              SettingKey.TIME_BUDGET, "null",
              SettingKey.BENCHMARK_ITERATIONS, "200",
              SettingKey.COLD_START_REPEATS, "10",
              SettingKey.ENERGY_REPEATS, "5"),
          // Median of five windows of at least 10 s: MLPerf Tiny's rule for latency.
          "tiny-like",
          Map.of(
              SettingKey.BENCHMARK_REPEATS, "5",
              SettingKey.BENCHMARK_ITERATIONS, "500",
              SettingKey.BENCHMARK_TIME, "20ms",
              SettingKey.TIME_BUDGET, "null",
              SettingKey.COLD_START_REPEATS, "5",
              SettingKey.ENERGY_REPEATS, "5"));

  /** Keys whose being said means more than their value. */
  private static final Set<SettingKey> ONLY_WHEN_GIVEN =
      Set.of(SettingKey.EPOCHS, SettingKey.FRONTIER_ACCURACY);

  /**
   * The network that variants are made of.
   *
   * @param name built-in network, or path of a TorchScript archive
   * @param verify whether its archive is run beside what was read from it
   */
  public record ModelSettings(String name, boolean verify) {
    /** Returns whether the model is a file. */
    public boolean isArchive() {
      return name.endsWith(".pt");
    }
  }

  /**
   * How a network is trained.
   *
   * @param epochsGiven whether the user asked for training, rather than for the embedded archive
   * @param subset only the first so many training samples
   */
  public record TrainingSettings(
      int epochs, boolean epochsGiven, float learningRate, OptionalInt subset) {}

  /**
   * Which variants are made, and how.
   *
   * @param importance what decides which channels go
   * @param roundTo layers keep a multiple of so many channels
   * @param global whether a level holds for all channels together
   * @param exclude names or patterns of layers left whole
   * @param calibrationBatches empty for as many as suit the network
   * @param tuningCache empty for the user's
   * @param profileLayers whether each layer of each variant is timed
   * @param given table of archives made elsewhere, or its folder; nothing is made then
   */
  public record VariantSettings(
      List<Double> pruningLevels,
      List<Precision> precisions,
      Importance importance,
      int roundTo,
      boolean global,
      List<String> exclude,
      Calibration calibration,
      OptionalInt calibrationBatches,
      Lowering lowering,
      Optional<Path> tuningCache,
      int fineTuneEpochs,
      boolean profileLayers,
      Optional<Path> given) {}

  /**
   * How figures become rows and verdicts.
   *
   * @param latencyMultiplier from this machine's latency to the target's
   * @param peaks of the machine, where the user gave both
   * @param meterCsv readings of an external power meter
   * @param meterClockOffsetS its clock minus this machine's
   */
  public record BudgetSettings(
      MemoryBudgets memory,
      double powerWatts,
      double latencyMultiplier,
      Optional<HardwarePeaks> peaks,
      Optional<Path> meterCsv,
      double meterClockOffsetS) {}

  /**
   * How the frontiers are found.
   *
   * @param useCi whether accuracy counts by the lower end of its interval
   * @param objectives columns of one more frontier; empty for none
   */
  public record FrontierSettings(boolean useCi, List<String> objectives) {}

  /**
   * Converts and checks all settings.
   *
   * @param given what the user said, flags already put over the file
   * @throws IllegalArgumentException if a value is bad; the message names key, value and
   *     expectation
   */
  public static Settings of(Map<SettingKey, String> given) {
    String profile =
        new SettingValues(given, Map.of()).value(SettingKey.PROFILE, Settings::profile);
    SettingValues values = new SettingValues(given, PROFILES.get(profile));
    Map<SettingKey, String> texts = new EnumMap<>(SettingKey.class);
    for (SettingKey key : SettingKey.values()) {
      if (!ONLY_WHEN_GIVEN.contains(key) || values.isGiven(key)) {
        texts.put(key, values.text(key));
      }
    }
    texts.put(SettingKey.DATASET, DataSettings.spec(values));
    return new Settings(
        model(values),
        new TrainingSettings(
            values.integer(SettingKey.EPOCHS, 1),
            values.isGiven(SettingKey.EPOCHS),
            (float) values.positive(SettingKey.LEARNING_RATE),
            optionalInteger(values, SettingKey.TRAIN_SUBSET)),
        variants(values),
        BenchSettings.of(values),
        budgets(values),
        frontier(values),
        DataSettings.of(values),
        optionalInteger(values, SettingKey.VAL_SUBSET),
        values.integer(SettingKey.BATCH_SIZE, 1),
        values.value(SettingKey.SEED, Long::parseLong),
        values.path(SettingKey.OUTPUT_DIR),
        profile.equals("quick"),
        texts);
  }

  /**
   * Returns the keys that a profile sets.
   *
   * @throws IllegalArgumentException if there is no such profile
   */
  public static Set<SettingKey> keysOf(String profile) {
    return PROFILES.get(profile(profile)).keySet();
  }

  private static String profile(String text) {
    if (!PROFILES.containsKey(text)) {
      throw SettingValues.error(
          SettingKey.PROFILE, text, "default, quick, thorough or tiny-like", null);
    }
    return text;
  }

  private static ModelSettings model(SettingValues values) {
    return new ModelSettings(values.text(SettingKey.MODEL), values.bool(SettingKey.VERIFY));
  }

  private static VariantSettings variants(SettingValues values) {
    return new VariantSettings(
        values.list(SettingKey.PRUNING_LEVELS, Settings::pruningLevel),
        values.list(SettingKey.PRECISIONS, Precision::parse),
        values.value(SettingKey.IMPORTANCE, Importance::parse),
        values.integer(SettingKey.ROUND_TO, 1),
        values.bool(SettingKey.GLOBAL),
        values.optional(SettingKey.EXCLUDE).isEmpty()
            ? List.of()
            : values.list(SettingKey.EXCLUDE, text -> text),
        values.value(SettingKey.CALIBRATION, Calibration::parse),
        optionalInteger(values, SettingKey.CALIBRATION_BATCHES),
        values.value(SettingKey.LOWERING, Lowering::parse),
        values.optional(SettingKey.TUNING_CACHE).map(text -> values.path(SettingKey.TUNING_CACHE)),
        values.integer(SettingKey.FINE_TUNE_EPOCHS, 0),
        values.bool(SettingKey.PROFILE_LAYERS),
        values.optional(SettingKey.VARIANTS).map(text -> values.path(SettingKey.VARIANTS)));
  }

  private static double pruningLevel(String text) {
    double level = Double.parseDouble(text);
    if (!(level >= 0 && level < 1)) { // also rejects NaN
      throw SettingValues.error(SettingKey.PRUNING_LEVELS, text, "levels in [0, 1)", null);
    }
    return level + 0.0; // -0.0 becomes 0.0
  }

  private static BudgetSettings budgets(SettingValues values) {
    MemoryBudgets memory =
        new MemoryBudgets(
            values.list(
                SettingKey.MEMORY_BUDGETS_MB,
                text -> values.positive(SettingKey.MEMORY_BUDGETS_MB, text)),
            values.positive(SettingKey.ACTIVE_MEMORY_BUDGET_MB),
            values.value(SettingKey.BUDGET_METRIC, BudgetMetric::parse));
    return new BudgetSettings(
        memory,
        values.positive(SettingKey.POWER_WATTS),
        latencyMultiplier(values),
        peaks(values),
        values.optional(SettingKey.METER_CSV).map(text -> values.path(SettingKey.METER_CSV)),
        values.value(SettingKey.METER_CLOCK_OFFSET_S, Double::parseDouble));
  }

  private static Optional<HardwarePeaks> peaks(SettingValues values) {
    double gmacPerS = values.positiveOrAbsent(SettingKey.PEAK_COMPUTE_GMACS);
    double gbPerS = values.positiveOrAbsent(SettingKey.MEMORY_BANDWIDTH_GBPS);
    return Double.isNaN(gmacPerS) || Double.isNaN(gbPerS)
        ? Optional.empty()
        : Optional.of(new HardwarePeaks(gmacPerS, gbPerS));
  }

  private static double latencyMultiplier(SettingValues values) {
    double scale = values.positiveOrAbsent(SettingKey.CPU_FREQUENCY_SCALE);
    double multiplier = values.positiveOrAbsent(SettingKey.LATENCY_MULTIPLIER);
    if (!Double.isNaN(multiplier) && !Double.isNaN(scale)) {
      throw SettingValues.error(
          SettingKey.LATENCY_MULTIPLIER,
          values.text(SettingKey.LATENCY_MULTIPLIER),
          "null where cpu_frequency_scale is set, too",
          null);
    }
    if (!Double.isNaN(scale)) {
      return 1.0 / scale;
    }
    return Double.isNaN(multiplier) ? 1.0 : multiplier;
  }

  private static FrontierSettings frontier(SettingValues values) {
    String accuracy = values.text(SettingKey.FRONTIER_ACCURACY);
    if (!accuracy.equals("top1") && !accuracy.equals("ci-low")) {
      throw SettingValues.error(SettingKey.FRONTIER_ACCURACY, accuracy, "top1 or ci-low", null);
    }
    boolean useCi = values.bool(SettingKey.PARETO_USE_CI);
    return new FrontierSettings(
        values.isGiven(SettingKey.FRONTIER_ACCURACY) ? accuracy.equals("ci-low") : useCi,
        values
            .optional(SettingKey.OBJECTIVES)
            .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList())
            .orElse(List.of()));
  }

  private static OptionalInt optionalInteger(SettingValues values, SettingKey key) {
    return values.optional(key).isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(values.integer(key, 1));
  }
}
