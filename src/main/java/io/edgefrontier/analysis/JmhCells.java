package io.edgefrontier.analysis;

import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Decimals;
import io.edgefrontier.result.JmhReader;
import io.edgefrontier.result.JmhResult;
import io.edgefrontier.result.Latency;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The cells of a JMH file, found by benchmark, mode and every parameter. Numbers are compared as
 * numbers: {@code 0.50} is {@code 0.5}.
 */
final class JmhCells {
  /** Times one forward call; JMH mode sample. */
  static final String INFERENCE = "io.edgefrontier.bench.InferenceBenchmark.forward";

  /** Times archive open to first result in a fresh JVM; JMH mode ss. */
  static final String COLD_START = "io.edgefrontier.bench.ColdStartBenchmark.loadAndFirstInference";

  private static final String THREADS_PROPERTY = "-Dai.djl.pytorch.num_threads=";

  private static final Pattern THREADS = Pattern.compile("[1-9][0-9]{0,5}");

  private final FileOrder<Key, Entry> entries = new FileOrder<>(entry -> entry.key);
  private final SortedSet<Load> loads = new TreeSet<>();
  private boolean anyWithModel;
  private boolean anyWithoutModel;

  private JmhCells() {}

  /** Everything that tells one cell from another; model is empty where the file names none. */
  private record Key(
      String model, double pruningLevel, Precision precision, int batchSize, int threads) {}

  /** Batch size and threads of a cell. */
  record Load(int batchSize, int threads) implements Comparable<Load> {
    @Override
    public int compareTo(Load other) {
      int byBatchSize = Integer.compare(batchSize, other.batchSize);
      return byBatchSize != 0 ? byBatchSize : Integer.compare(threads, other.threads);
    }
  }

  /** The two results that a cell can have, reduced as soon as they are read. */
  private static final class Entry {
    private final Key key;
    private Latency latency = Latency.ABSENT;
    private int forks;
    private long samples;
    private boolean hasColdStart;
    private double coldStartMs = Double.NaN;
    private double coldLoadMs = Double.NaN;
    private double warmLoadMs = Double.NaN;
    private double peakRssMb = Double.NaN;
    private double modelRssMb = Double.NaN;

    Entry(Key key) {
      this.key = key;
    }

    Measurement toMeasurement() {
      return new Measurement(
          latency,
          forks,
          samples,
          coldStartMs,
          Double.isNaN(coldLoadMs) ? warmLoadMs : coldLoadMs,
          peakRssMb,
          modelRssMb);
    }
  }

  /**
   * Reads a JMH file. Other benchmarks and other modes are passed over.
   *
   * @throws IOException naming file and entry if a parameter is missing or malformed, or a cell
   *     occurs twice
   */
  static JmhCells read(Path source) throws IOException {
    JmhCells cells = new JmhCells();
    JmhReader.forEach(source, cells::add);
    return cells;
  }

  private void add(JmhResult result) {
    boolean inference = result.benchmark().equals(INFERENCE) && result.mode().equals("sample");
    boolean coldStart = result.benchmark().equals(COLD_START) && result.mode().equals("ss");
    if (!inference && !coldStart) {
      return;
    }
    Key key = key(result);
    anyWithModel |= !key.model().isEmpty();
    anyWithoutModel |= key.model().isEmpty();
    Entry entry = entry(key);
    if (inference) {
      addInference(result, entry);
      loads.add(new Load(key.batchSize(), key.threads()));
    } else {
      addColdStart(result, entry);
    }
  }

  private Entry entry(Key key) {
    int place = entries.place(key);
    if (place >= 0) {
      return entries.get(place);
    }
    Entry entry = new Entry(key);
    entries.add(entry);
    return entry;
  }

  private static void addInference(JmhResult result, Entry entry) {
    if (!Double.isNaN(entry.latency.medianMs())) {
      throw repeated(result);
    }
    entry.latency = Measurement.latency(result.primary());
    if (!(entry.latency.medianMs() > 0)) {
      throw new IllegalArgumentException(
          "found a median of %s ms, expected a time > 0".formatted(entry.latency.medianMs()));
    }
    boolean raw = !result.primary().forks().isEmpty();
    entry.forks = raw ? result.primary().forks().size() : result.forks();
    entry.samples = result.primary().samples();
    entry.warmLoadMs = Measurement.typical(result.secondary("load"));
    entry.peakRssMb = Measurement.highest(result.secondary("rss.peak"));
    entry.modelRssMb = Measurement.highest(result.secondary("rss.model"));
  }

  private static void addColdStart(JmhResult result, Entry entry) {
    if (entry.hasColdStart) {
      throw repeated(result);
    }
    entry.hasColdStart = true;
    if (result.primary().forks().stream().anyMatch(fork -> fork.total() != 1)) {
      return; // JMH's -i made it repeat: what it then counted was warm
    }
    entry.coldStartMs = Measurement.typical(result.primary());
    entry.coldLoadMs = Measurement.typical(result.secondary("load"));
  }

  private static IllegalArgumentException repeated(JmhResult result) {
    return new IllegalArgumentException(
        "repeats an earlier entry of %s with %s; each cell may occur once"
            .formatted(result.benchmark(), new TreeMap<>(result.params())));
  }

  private static Key key(JmhResult result) {
    double level = number(result, "pruningLevel");
    double batchSize = number(result, "batchSize");
    if (!(level >= 0 && level < 1)) {
      throw unexpected(result, "pruningLevel", "a share in [0, 1)");
    }
    if (!(batchSize >= 1) || batchSize != Math.rint(batchSize) || batchSize > Integer.MAX_VALUE) {
      throw unexpected(result, "batchSize", "a whole number >= 1");
    }
    return new Key(
        result.params().getOrDefault("model", ""),
        level,
        Precision.parse(param(result, "precision")),
        (int) batchSize,
        threads(result.jvmArgs()));
  }

  private static double number(JmhResult result, String name) {
    try {
      return Decimals.parse(param(result, name)) + 0.0; // -0.0 is level 0
    } catch (NumberFormatException e) {
      throw unexpected(result, name, "a number");
    }
  }

  private static String param(JmhResult result, String name) {
    String value = result.params().get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s has no parameter '%s', only %s"
              .formatted(result.benchmark(), name, new TreeMap<>(result.params()).keySet()));
    }
    return value;
  }

  private static IllegalArgumentException unexpected(
      JmhResult result, String name, String expected) {
    return new IllegalArgumentException(
        "parameter '%s': found '%s', expected %s"
            .formatted(name, result.params().get(name), expected));
  }

  /** Returns the engine's threads; the last setting counts, as it does to the JVM. */
  private static int threads(List<String> jvmArgs) {
    int threads = 1;
    for (String argument : jvmArgs) {
      if (argument.startsWith(THREADS_PROPERTY)) {
        threads = parseThreads(argument);
      }
    }
    return threads;
  }

  private static int parseThreads(String argument) {
    String value = argument.substring(THREADS_PROPERTY.length());
    if (!THREADS.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "jvmArgs: found '%s', expected a whole number >= 1".formatted(argument));
    }
    return Integer.parseInt(value);
  }

  /** Returns the batch sizes and threads that a latency was measured at. */
  SortedSet<Load> loads() {
    return loads;
  }

  /** Returns whether some entry does not say which model it measured. */
  boolean anyWithoutModel() {
    return anyWithoutModel;
  }

  /** Returns what is known of a cell, and remembers that it was asked for. */
  Measurement find(Cell cell) {
    int place = anyWithModel ? entries.place(key(cell, cell.variant().model())) : -1;
    if (place < 0 && anyWithoutModel) {
      place = entries.place(key(cell, ""));
    }
    if (place < 0) {
      return Measurement.ABSENT;
    }
    entries.mark(place);
    return entries.get(place).toMeasurement();
  }

  private static Key key(Cell cell, String model) {
    Variant variant = cell.variant();
    return new Key(
        model, variant.pruningLevel() + 0.0, variant.precision(), cell.batchSize(), cell.threads());
  }

  /** Returns the cells with a latency that nobody has asked for. */
  List<Cell> notFound(String modelOfOthers) {
    return entries.unmarked().stream()
        .filter(entry -> !Double.isNaN(entry.latency.medianMs()))
        .map(entry -> toCell(entry.key, modelOfOthers))
        .toList();
  }

  private static Cell toCell(Key key, String modelOfOthers) {
    String model = key.model().isEmpty() ? modelOfOthers : key.model();
    Variant variant = new Variant(model, key.pruningLevel(), key.precision());
    return new Cell(variant, key.batchSize(), key.threads());
  }
}
