package io.edgefrontier.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openjdk.jmh.util.Utils;

/**
 * What is measured of each cell, how often, and under which conditions.
 *
 * @param batchSizes samples per forward call; one cell each
 * @param threads engine threads; one cell each
 * @param callers JMH threads that call at the same time, in every cell
 * @param arrivalRate calls per second of the open loop; empty where none is run
 * @param warmup of latency forks
 * @param measurement of latency forks: slices, short and many
 * @param windows of throughput, energy and open-loop forks: long and few
 * @param reference whether latency is timed against the paired reference archive
 * @param forkTimeout wall clock of one whole fork
 * @param jvmArgs what the user adds to the forks' command line
 */
public record BenchSettings(
    List<Integer> batchSizes,
    List<Integer> threads,
    int callers,
    OptionalDouble arrivalRate,
    Repeats repeats,
    Iterations warmup,
    Iterations measurement,
    Iterations windows,
    boolean reference,
    Duration forkTimeout,
    Isolation isolation,
    Sensor sensor,
    JvmArgs jvmArgs) {

  /**
   * How many forks a cell gets.
   *
   * @param least latency forks that every cell gets
   * @param most latency forks that a cell gets while its interval is too wide
   * @param precisionTarget relative half-width of the interval that ends a cell, a share
   * @param timeBudget of the whole bench stage; empty for none
   * @param coldStart forks for cold start and memory
   * @param throughput forks in JMH's throughput mode
   * @param energy forks whose energy is measured, where there is a sensor
   */
  public record Repeats(
      int least,
      int most,
      double precisionTarget,
      Optional<Duration> timeBudget,
      int coldStart,
      int throughput,
      int energy) {}

  /** A number of iterations of one length. */
  public record Iterations(int count, Duration time) {}

  /**
   * How forks are kept apart from the rest of the machine.
   *
   * @param affinity {@code none}, {@code auto} or a list of CPUs
   * @param nice added to the forks' niceness
   * @param lock whether a second sweep on this machine is refused
   */
  public record Isolation(String affinity, int nice, boolean lock) {}

  /**
   * Where energy is read.
   *
   * @param spec {@code auto}, {@code none} or a kind of sensor
   * @param root folder that stands for {@code /}
   */
  public record Sensor(String spec, Path root) {}

  /** JVM arguments as JMH takes them: {@code replace} stands for all that this JVM was given. */
  public record JvmArgs(List<String> replace, List<String> prepend, List<String> append) {}

  public BenchSettings {
    batchSizes = List.copyOf(batchSizes);
    threads = List.copyOf(threads);
  }

  static BenchSettings of(SettingValues values) {
    return new BenchSettings(
        counts(values, SettingKey.BATCH_SIZES),
        counts(values, SettingKey.THREADS),
        callers(values),
        values.optional(SettingKey.ARRIVAL_RATE).isPresent()
            ? OptionalDouble.of(values.positive(SettingKey.ARRIVAL_RATE))
            : OptionalDouble.empty(),
        repeats(values),
        new Iterations(
            values.integer(SettingKey.BENCHMARK_WARMUP, 0),
            time(values, SettingKey.BENCHMARK_WARMUP_TIME)),
        new Iterations(
            values.integer(SettingKey.BENCHMARK_ITERATIONS, 1),
            time(values, SettingKey.BENCHMARK_TIME)),
        new Iterations(values.integer(SettingKey.WINDOWS, 1), time(values, SettingKey.WINDOW_TIME)),
        values.bool(SettingKey.REFERENCE),
        time(values, SettingKey.FORK_TIMEOUT),
        new Isolation(
            values.text(SettingKey.AFFINITY),
            values.value(SettingKey.NICE, Integer::parseInt),
            values.bool(SettingKey.LOCK)),
        new Sensor(values.text(SettingKey.ENERGY_SENSOR), values.path(SettingKey.SENSOR_ROOT)),
        new JvmArgs(
            words(values, SettingKey.JVM_ARGS),
            words(values, SettingKey.JVM_ARGS_PREPEND),
            words(values, SettingKey.JVM_ARGS_APPEND)));
  }

  private static int callers(SettingValues values) {
    String text = values.text(SettingKey.CALLERS);
    // JMH would look for processors anew before each fork, by keeping all of them busy.
    int callers =
        text.equals("max")
            ? Runtime.getRuntime().availableProcessors()
            : values.integer(SettingKey.CALLERS, 1);
    if (callers > 1 && values.text(SettingKey.ENERGY_SENSOR).equals("meter")) {
      throw SettingValues.error(
          SettingKey.CALLERS,
          text,
          "1 with energy_sensor meter, whose log is shared out by the time of one caller's calls",
          null);
    }
    return callers;
  }

  private static Repeats repeats(SettingValues values) {
    int least = values.integer(SettingKey.MIN_FORKS, 1);
    int most = values.integer(SettingKey.MAX_FORKS, 1);
    if (values.optional(SettingKey.BENCHMARK_REPEATS).isPresent()) {
      least = values.integer(SettingKey.BENCHMARK_REPEATS, 1);
      most = least;
    } else if (most < least && !values.isGiven(SettingKey.MAX_FORKS)) {
      most = least;
    } else if (most < least && !values.isGiven(SettingKey.MIN_FORKS)) {
      least = most;
    } else if (most < least) {
      throw SettingValues.error(
          SettingKey.MAX_FORKS,
          values.text(SettingKey.MAX_FORKS),
          "at least min_forks, which is " + least,
          null);
    }
    return new Repeats(
        least,
        most,
        target(values),
        values.optional(SettingKey.TIME_BUDGET).map(text -> time(values, SettingKey.TIME_BUDGET)),
        values.integer(SettingKey.COLD_START_REPEATS, 0),
        values.integer(SettingKey.THROUGHPUT_REPEATS, 0),
        values.integer(SettingKey.ENERGY_REPEATS, 0));
  }

  private static double target(SettingValues values) {
    String text = values.text(SettingKey.PRECISION_TARGET);
    double target =
        text.endsWith("%")
            ? values.positive(
                    SettingKey.PRECISION_TARGET, text.substring(0, text.length() - 1).strip())
                / 100
            : values.positive(SettingKey.PRECISION_TARGET);
    if (target >= 1) {
      throw SettingValues.error(
          SettingKey.PRECISION_TARGET, text, "a share below 1, such as 0.02 or 2%", null);
    }
    return target;
  }

  private static List<Integer> counts(SettingValues values, SettingKey key) {
    return values.list(
        key,
        text -> {
          int value = Integer.parseInt(text);
          if (value < 1) {
            throw SettingValues.error(key, text, "whole numbers >= 1", null);
          }
          return value;
        });
  }

  private static Duration time(SettingValues values, SettingKey key) {
    return values.value(key, text -> Durations.parse(key, text));
  }

  private static List<String> words(SettingValues values, SettingKey key) {
    return values
        .optional(key)
        .map(text -> List.copyOf(Utils.splitQuotedEscape(text))) // as JMH splits them
        .orElse(List.of());
  }
}
