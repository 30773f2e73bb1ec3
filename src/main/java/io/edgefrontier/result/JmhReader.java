package io.edgefrontier.result;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON file that JMH writes ({@code -rf json}), entry by entry, so that the file need not
 * fit into memory. Times come out in milliseconds per operation, see {@link JmhMetric}.
 */
public final class JmhReader {
  private final JsonScanner json;
  private final Observations observations = new Observations();
  private final JmhSetupReader setup = new JmhSetupReader();
  private int index;
  private List<String> jvmArgs = List.of();
  private String unit = "";
  private ScoreUnit scale = ScoreUnit.parse("");

  private JmhReader(JsonScanner json) {
    this.json = json;
  }

  /** Takes results one by one. */
  @FunctionalInterface
  public interface ResultSink {
    /**
     * Takes one result.
     *
     * @throws IllegalArgumentException saying what is wrong with it; the reader adds where
     */
    void accept(JmhResult result) throws IOException;
  }

  /**
   * Reads a file from front to back.
   *
   * @throws IOException naming the file, and the place in it, if it is not what JMH writes
   */
  public static void forEach(Path source, ResultSink sink) throws IOException {
    try (InputStream bytes = Files.newInputStream(source)) {
      JmhReader reader = new JmhReader(new JsonScanner(bytes));
      try {
        reader.readAll(sink);
      } catch (EOFException e) {
        throw reader.error(source, "the file ends in the middle of an entry; was JMH stopped?", e);
      } catch (CharacterCodingException e) {
        throw reader.error(source, "text is not UTF-8", e);
      } catch (IllegalArgumentException e) {
        throw reader.error(source, e.getMessage(), e);
      }
    }
  }

  /** Reads a file whose results fit into memory. */
  public static List<JmhResult> read(Path source) throws IOException {
    List<JmhResult> results = new ArrayList<>();
    forEach(source, results::add);
    return results;
  }

  private IOException error(Path source, String message, Exception cause) {
    return new IOException(
        "%s: entry %s (at %s): %s; expected the JSON that JMH writes with -rf json"
            .formatted(source, index, json.path(), message),
        cause);
  }

  private void readAll(ResultSink sink) throws IOException {
    json.beginArray();
    while (json.hasNext()) {
      JmhResult result = readResult();
      sink.accept(result);
      index++;
    }
    json.endArray();
  }

  private JmhResult readResult() throws IOException {
    String benchmark = "";
    String mode = "";
    Map<String, String> params = Map.of();
    int forks = 0;
    List<String> arguments = List.of();
    JmhMetric primary = JmhMetric.ABSENT;
    Map<String, JmhMetric> secondary = Map.of();
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      switch (name) {
        case "benchmark" -> benchmark = json.nextString();
        case "mode" -> mode = json.nextString();
        case "params" -> params = readParams();
        case "forks" -> forks = readInt();
        case "jvmArgs" -> arguments = readJvmArgs();
        case "primaryMetric" -> primary = readMetric();
        case "secondaryMetrics" -> secondary = readMetrics();
        default -> {
          if (!setup.read(name, json)) {
            json.skipValue();
          }
        }
      }
    }
    json.endObject();
    if (benchmark.isEmpty() || mode.isEmpty() || primary.equals(JmhMetric.ABSENT)) {
      throw new IllegalArgumentException("benchmark, mode or primaryMetric is missing");
    }
    return new JmhResult(
        index, benchmark, mode, params, forks, arguments, setup.finish(), primary, secondary);
  }

  private Map<String, String> readParams() throws IOException {
    Map<String, String> params = new LinkedHashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      params.put(json.nextName(), json.nextString());
    }
    json.endObject();
    return params;
  }

  /** Entries mostly have the same arguments; then they share one list. */
  private List<String> readJvmArgs() throws IOException {
    List<String> found = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      found.add(json.nextString());
    }
    json.endArray();
    if (!found.equals(jvmArgs)) {
      jvmArgs = List.copyOf(found);
    }
    return jvmArgs;
  }

  private Map<String, JmhMetric> readMetrics() throws IOException {
    Map<String, JmhMetric> metrics = new LinkedHashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      metrics.put(json.nextName(), readMetric());
    }
    json.endObject();
    return metrics;
  }

  private JmhMetric readMetric() throws IOException {
    double score = Double.NaN;
    double median = Double.NaN;
    String found = "";
    observations.clear();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "score" -> score = readNumber();
        case "scoreUnit" -> found = json.nextString();
        case "scorePercentiles" -> median = readMedian();
        case "rawData", "rawDataHistogram" -> readForks();
        default -> json.skipValue();
      }
    }
    json.endObject();
    // The unit may stand behind the figures, so they are converted last.
    if (!found.equals(unit)) {
      unit = found;
      scale = ScoreUnit.parse(found);
    }
    observations.convert(scale);
    return new JmhMetric(
        scale.toMs(score),
        scale.toMs(median),
        unit,
        observations.ofForks(),
        observations.ofIterations());
  }

  private double readMedian() throws IOException {
    double median = Double.NaN;
    json.beginObject();
    while (json.hasNext()) {
      if (json.nextName().equals("50.0")) {
        median = readNumber();
      } else {
        json.skipValue();
      }
    }
    json.endObject();
    return median;
  }

  /** Reads [fork][iteration] of a score, or of a list of [value, count]. */
  private void readForks() throws IOException {
    observations.clear();
    json.beginArray();
    while (json.hasNext()) {
      json.beginArray();
      while (json.hasNext()) {
        if (json.atArray()) {
          readIteration();
        } else {
          observations.add(readNumber(), 1);
        }
        observations.endIteration();
      }
      json.endArray();
      observations.endFork();
    }
    json.endArray();
  }

  private void readIteration() throws IOException {
    json.beginArray();
    while (json.hasNext()) {
      json.beginArray();
      double value = json.hasNext() ? readNumber() : Double.NaN;
      observations.add(value, json.hasNext() ? readWhole() : 0);
      json.endArray();
    }
    json.endArray();
  }

  /** Reads a number; JMH writes what JSON has no number for as a string. */
  private double readNumber() throws IOException {
    if (!json.atString()) {
      return finite(json.nextDouble());
    }
    String text = json.nextString();
    return switch (text) {
      case "NaN", "+INF", "-INF" -> Double.NaN;
      default -> throw new IllegalArgumentException("found '" + text + "', expected a number");
    };
  }

  private int readInt() throws IOException {
    long value = readWhole();
    if (value != (int) value) {
      throw new IllegalArgumentException("found " + value + ", expected less than 2^31");
    }
    return (int) value;
  }

  private long readWhole() throws IOException {
    double value = readNumber();
    if (value != Math.rint(value)) { // nor is NaN whole
      throw new IllegalArgumentException("found " + value + ", expected a whole number");
    }
    return (long) value;
  }

  private static double finite(double value) {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("found a number beyond the range of a double");
    }
    return value;
  }

  /** What the forks of one metric observed, in the file's unit; an absent score is nothing. */
  private static final class Observations {
    private double[] values = new double[16];
    private long[] counts = new long[16];
    private int size;
    private int[] iterationEnds = new int[16];
    private int iterations;
    private final List<Integer> forkEnds = new ArrayList<>();
    private final List<Integer> lastIterations = new ArrayList<>();

    void clear() {
      size = 0;
      iterations = 0;
      forkEnds.clear();
      lastIterations.clear();
    }

    void add(double value, long count) {
      if (Double.isNaN(value)) {
        return;
      }
      if (count < 1) {
        throw new IllegalArgumentException("found count " + count + ", expected at least 1");
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      values[size] = value;
      counts[size++] = count;
    }

    void endIteration() {
      if (iterations == iterationEnds.length) {
        iterationEnds = Arrays.copyOf(iterationEnds, 2 * iterations);
      }
      iterationEnds[iterations++] = size;
    }

    /** A fork that observed nothing does not count. */
    void endFork() {
      if (size > last(forkEnds)) {
        forkEnds.add(size);
        lastIterations.add(iterations);
      } else {
        iterations = last(lastIterations);
      }
    }

    private static int last(List<Integer> ends) {
      return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
    }

    void convert(ScoreUnit unit) {
      for (int i = 0; i < size; i++) {
        values[i] = unit.toMs(values[i]);
      }
    }

    List<Histogram> ofForks() {
      Histogram[] forks = new Histogram[forkEnds.size()];
      int start = 0;
      for (int i = 0; i < forks.length; i++) {
        forks[i] = histogram(start, forkEnds.get(i));
        start = forkEnds.get(i);
      }
      return List.of(forks);
    }

    List<List<Histogram>> ofIterations() {
      if (iterations == forkEnds.size()) {
        return List.of();
      }
      List<List<Histogram>> forks = new ArrayList<>();
      int start = 0;
      int iteration = 0;
      for (int last : lastIterations) {
        List<Histogram> fork = new ArrayList<>();
        for (; iteration < last; iteration++) {
          fork.add(histogram(start, iterationEnds[iteration]));
          start = iterationEnds[iteration];
        }
        forks.add(List.copyOf(fork));
      }
      return forks;
    }

    private Histogram histogram(int start, int end) {
      return Histogram.of(values, counts, start, end);
    }
  }
}
