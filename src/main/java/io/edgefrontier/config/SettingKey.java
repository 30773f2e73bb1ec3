package io.edgefrontier.config;

import static io.edgefrontier.config.Stage.BENCH;
import static io.edgefrontier.config.Stage.FRONTIER;
import static io.edgefrontier.config.Stage.MERGE;
import static io.edgefrontier.config.Stage.PREPARE;
import static io.edgefrontier.config.Stage.TRAIN;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set, once for the configuration file ({@code pruning_levels: [0, 0.5]})
 * and the command line ({@code --pruning-levels 0,0.5}).
 */
public enum SettingKey {
  MODEL(
      "resnet8",
      "NAME|FILE",
      "Built-in network (SmallCNN, resnet8, ds-cnn, mlp) or a TorchScript archive (*.pt).",
      TRAIN,
      PREPARE),
  VERIFY(
      "true",
      "",
      "Run the model's archive and the network as it was read from it on the same samples, and"
          + " refuse the archive if their outputs differ.",
      PREPARE),
  VARIANTS(
      "null",
      "DIR|FILE",
      "Archives made elsewhere, measured as they are, in place of a model's variants: a table with"
          + " the columns pruning_level, precision, path and optionally label, or the folder of"
          + " its variants.csv.",
      PREPARE),
  DATASET(
      "digits",
      "SPEC",
      "digits (embedded), idx:DIR (MNIST-style files), images:DIR (class"
          + " folders of PNG and JPEG files), npz:FILE (NumPy arrays x and y), csv:FILE (features and"
          + " a label), mnist, fashion-mnist or cifar10 (downloaded once by DJL; mnist is idx:data/mnist where"
          + " that is there), or none, together with --no-accuracy.",
      TRAIN,
      PREPARE,
      Stage.ACCURACY),
  INPUT_SHAPE(
      "null",
      "C,H,W",
      "Shape of one sample, such as 3,224,224: for images:DIR, for rows of npz:FILE and csv:FILE,"
          + " or where there is no dataset; null = the dataset's own.",
      TRAIN,
      PREPARE,
      Stage.ACCURACY),
  IMAGE_PRESET(
      "null",
      "NAME",
      "How images:DIR becomes samples. imagenet: resize 256, crop 224, mean 0.485,0.456,0.406, std"
          + " 0.229,0.224,0.225; the four settings below override it one by one.",
      TRAIN,
      PREPARE,
      Stage.ACCURACY),
  IMAGE_RESIZE(
      "null",
      "N",
      "Pixels that an image's shorter side is scaled to; null = the input shape's longer side.",
      TRAIN,
      PREPARE,
      Stage.ACCURACY),
  IMAGE_CROP(
      "null",
      "N",
      "Side of the square that is cut from the centre; null = as the input shape says.",
      TRAIN,
      PREPARE,
      Stage.ACCURACY),
  IMAGE_MEAN(
      "null",
      "M,...",
      "Subtracted from the values of images in [0, 1], of MNIST and CIFAR too: one for each channel, or"
          + " one for all; null = 0.5.",
      TRAIN,
      PREPARE,
      Stage.ACCURACY),
  IMAGE_STD(
      "null",
      "S,...",
      "Divides them then: one for each channel, or one for all; null = 0.5.",
      TRAIN,
      PREPARE,
      Stage.ACCURACY),
  ACCURACY(
      "true",
      "",
      "Measure accuracy. Without it, a dataset only serves calibration and none is needed where"
          + " --input-shape is given; the frontier is latency against memory.",
      PREPARE,
      Stage.ACCURACY),
  SEED("7", "N", "Seed of training and of the order of forks.", TRAIN, PREPARE, BENCH),
  BATCH_SIZE(
      "128",
      "N",
      "Samples per batch in training, calibration and accuracy.",
      TRAIN,
      PREPARE,
      Stage.ACCURACY),
  EPOCHS(
      "30",
      "N",
      "Training epochs. Setting it makes the whole job train, even where a trained archive is embedded.",
      TRAIN,
      PREPARE),
  LEARNING_RATE("0.001", "R", "Learning rate of training and fine-tuning.", TRAIN, PREPARE),
  TRAIN_SUBSET("null", "N", "Use only the first N training samples; null = all.", TRAIN, PREPARE),
  VAL_SUBSET(
      "null", "N", "Use only the first N validation samples; null = all.", TRAIN, Stage.ACCURACY),
  PRUNING_LEVELS(
      "0.0,0.25,0.5,0.75",
      "P,...",
      "Shares of channels to remove in each pruning group, in [0, 1).",
      PREPARE),
  IMPORTANCE(
      "l1",
      "KIND",
      "What decides which channels go: l1 or l2 (norm of their filters), batch-norm (their absolute"
          + " scale), taylor (effect on the loss, from one backward pass over"
          + " the calibration samples) or random (seeded by --seed).",
      PREPARE),
  ROUND_TO(
      "1",
      "N",
      "Layers keep a multiple of N of a group's channels: more than the level says, never fewer.",
      PREPARE),
  GLOBAL(
      "false",
      "",
      "Rank the channels of all pruning groups together; a level is then the share of all of them.",
      PREPARE),
  EXCLUDE(
      "null",
      "NAME,...",
      "Layers that pruning leaves whole, by name; * and ? stand for any characters (layer4.*).",
      PREPARE),
  PROFILE_LAYERS(
      "false",
      "",
      "Time each layer of each variant by the engine's profiler, on the first of --batch-sizes, for"
          + " layers.csv.",
      PREPARE),
  PRECISIONS("fp32,bf16,fp16,int8", "P,...", "Precisions: fp32, bf16, fp16, int8.", PREPARE),
  CALIBRATION(
      "histogram",
      "KIND",
      "How int8 activation ranges are chosen: histogram, min-max or percentile.",
      PREPARE),
  CALIBRATION_BATCHES(
      "null",
      "N",
      "Training batches that int8 calibration and taylor importance look at; null for 8, or fewer"
          + " samples where activations are large.",
      PREPARE),
  LOWERING(
      "rule",
      "KIND",
      "How the engine's operators are chosen: plain (those of the network as it was trained), rule"
          + " (fused and packed kernels by a written cost rule) or tune (the fastest of the kernels,"
          + " measured on this machine). They suit the first of batch_sizes.",
      PREPARE),
  TUNING_CACHE(
      "null",
      "DIR",
      "Where tune keeps what it measured, for other runs; null = edge-frontier in the user's cache.",
      PREPARE),
  FINE_TUNE_EPOCHS("0", "N", "Epochs of training after pruning, for levels above 0.", PREPARE),
  PROFILE(
      "default",
      "NAME",
      "How much is measured: quick (rough figures), default, thorough, or tiny-like (five windows of"
          + " 10 s, as MLPerf Tiny).",
      BENCH),
  BATCH_SIZES("1", "N,...", "Samples per measured forward call; one cell each.", PREPARE, BENCH),
  THREADS("1", "N,...", "Engine threads of the measured forks; one cell each.", BENCH),
  CALLERS(
      "1",
      "N|max",
      "-t",
      "Threads that call at the same time in latency, throughput and energy forks, each with its"
          + " own copy of the network; max = one per processor.",
      BENCH),
  ARRIVAL_RATE(
      "null",
      "R",
      "Also measure response times of an open loop: calls that arrive at random, R per second.",
      BENCH),
  MIN_FORKS("3", "N", "JVM forks that every cell gets; more where there are few cells.", BENCH),
  MAX_FORKS("12", "N", "JVM forks that a cell gets while its interval is too wide.", BENCH),
  PRECISION_TARGET(
      "2%", "SHARE", "Half-width of a cell's interval, relative, at which it has enough.", BENCH),
  TIME_BUDGET(
      "4m",
      "TIME",
      "No forks beyond min_forks after so long (90s, 4m, 1h); null = no bound.",
      BENCH),
  BENCHMARK_REPEATS(
      "null", "N", "-f", "Exactly N JVM forks per cell, in place of min and max.", BENCH),
  BENCHMARK_WARMUP("1", "N", "-wi", "Warm-up iterations per fork.", BENCH),
  BENCHMARK_WARMUP_TIME("500ms", "TIME", "-w", "Length of a warm-up iteration.", BENCH),
  BENCHMARK_ITERATIONS("60", "N", "-i", "Measurement iterations per fork.", BENCH),
  BENCHMARK_TIME("10ms", "TIME", "-r", "Length of a measurement iteration.", BENCH),
  REFERENCE(
      "true",
      "",
      "Time a small fixed network in turns with each variant, so that the machine's drift cancels.",
      BENCH),
  COLD_START_REPEATS("1", "N", "Fresh JVMs per cell for cold start and memory; 0 = none.", BENCH),
  THROUGHPUT_REPEATS("0", "N", "JVM forks per cell in JMH's throughput mode.", BENCH),
  ENERGY_REPEATS("1", "N", "JVM forks per cell for energy, where there is a sensor.", BENCH),
  WINDOWS("3", "N", "Windows per throughput, energy or open-loop fork.", BENCH),
  WINDOW_TIME("2s", "TIME", "Length of such a window; one more warms up.", BENCH),
  ENERGY_SENSOR(
      "auto",
      "SPEC",
      "Where energy is read: auto, none, powercap[:DOMAIN,...], hwmon[:CHIP/LABEL], battery, or"
          + " meter (its log is read by merge --meter-csv).",
      BENCH),
  SENSOR_ROOT("/", "DIR", "Folder below which sys/ is looked for.", BENCH),
  AFFINITY(
      "none", "CPUS", "CPUs that forks are pinned to: none, auto or a list such as 2-3.", BENCH),
  NICE("0", "N", "Niceness of the forks; below 0 needs permission.", BENCH),
  LOCK("true", "", "Refuse to start while another sweep runs on this machine.", BENCH),
  FORK_TIMEOUT("120s", "TIME", "A fork that takes longer is stopped and counts as failed.", BENCH),
  JVM_ARGS(
      "null", "ARGS", "-jvmArgs", "JVM arguments of the forks, in place of this JVM's.", BENCH),
  JVM_ARGS_PREPEND("null", "ARGS", "-jvmArgsPrepend", "JVM arguments before the others.", BENCH),
  JVM_ARGS_APPEND("null", "ARGS", "-jvmArgsAppend", "JVM arguments after the others.", BENCH),
  METER_CSV(
      "null",
      "FILE",
      "Readings of an external power meter: a CSV file of timestamp and watts.",
      MERGE),
  METER_CLOCK_OFFSET_S(
      "0", "S", "What the meter's clock shows minus what this machine's shows.", MERGE),
  CPU_FREQUENCY_SCALE(
      "null", "R", "Target clock / this clock; latency_multiplier is then its inverse.", MERGE),
  LATENCY_MULTIPLIER(
      "null",
      "R",
      "Factor from this machine's latency to the target's, instead of the clock; null = 1.",
      MERGE),
  POWER_WATTS("5.0", "W", "Power that the modelled energy per inference assumes.", MERGE),
  MEMORY_BUDGETS_MB(
      "0.05,0.1,0.2",
      "MIB,...",
      "Tracked memory budgets: one violates_<b>mb column each. Of networks that you bring: a quarter,"
          + " half and all of the archive's size.",
      MERGE),
  ACTIVE_MEMORY_BUDGET_MB(
      "0.15",
      "MIB",
      "The hard memory budget: accept or reject. Of networks that you bring: the archive's size.",
      MERGE),
  BUDGET_METRIC(
      "model_memory_mb",
      "COLUMN",
      "What budgets bound: model_memory_mb, runtime_memory_mb or peak_rss_mb.",
      MERGE),
  MEMORY_BANDWIDTH_GBPS("null", "GB/S", "Peak memory bandwidth, for the roofline.", MERGE),
  PEAK_COMPUTE_GMACS("null", "GMAC/S", "Peak compute, for the roofline; null = none.", MERGE),
  PARETO_USE_CI(
      "false",
      "BOOL",
      "Rank the frontier by the lower end of the accuracy interval (as --frontier-accuracy ci-low).",
      FRONTIER),
  FRONTIER_ACCURACY(
      "top1", "KIND", "Accuracy that the frontier ranks by: top1 or ci-low.", FRONTIER),
  OBJECTIVES(
      "null",
      "COLUMN,...",
      "Columns of one more frontier over several objectives, such as latency_ms,memory_mb.",
      FRONTIER),
  OUTPUT_DIR("results", "DIR", "Folder under which the files of a run are written.");

  private final String defaultText;
  private final String paramLabel;
  private final Optional<String> jmhFlag;
  private final String description;
  private final Set<Stage> stages;

  SettingKey(String defaultText, String paramLabel, String description, Stage... stages) {
    this(defaultText, paramLabel, Optional.empty(), description, stages);
  }

  SettingKey(
      String defaultText, String paramLabel, String jmhFlag, String description, Stage... stages) {
    this(defaultText, paramLabel, Optional.of(jmhFlag), description, stages);
  }

  SettingKey(
      String defaultText,
      String paramLabel,
      Optional<String> jmhFlag,
      String description,
      Stage... stages) {
    this.defaultText = defaultText;
    this.paramLabel = paramLabel;
    this.jmhFlag = jmhFlag;
    this.description = description;
    this.stages = EnumSet.noneOf(Stage.class);
    this.stages.addAll(List.of(stages));
  }

  /** Returns the key as it stands in a configuration file, such as {@code pruning_levels}. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the key as it stands on the command line, such as {@code --pruning-levels}. */
  public String flag() {
    return "--" + yamlName().replace('_', '-');
  }

  /** Returns JMH's own flag of the same meaning, such as {@code -wi}. */
  public Optional<String> jmhFlag() {
    return jmhFlag;
  }

  /** Returns whether the setting is on or off: {@code --global}, {@code --no-reference}. */
  public boolean isSwitch() {
    return paramLabel.isEmpty();
  }

  /** Returns what holds where nothing is said; the text {@code null} stands for no value. */
  public String defaultText() {
    return defaultText;
  }

  public String paramLabel() {
    return paramLabel;
  }

  public String description() {
    return description;
  }

  /** Returns whether {@code stage} reads this setting. */
  public boolean bearsOn(Stage stage) {
    return stages.contains(stage);
  }

  /** Returns the keys as they stand in a configuration file. */
  static List<String> yamlNames() {
    return Arrays.stream(values()).map(SettingKey::yamlName).toList();
  }
}
