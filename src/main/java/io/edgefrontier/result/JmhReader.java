package io.edgefrontier.result;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
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
  private final JsonReader json;
  private int index;

  private JmhReader(JsonReader json) {
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
    try (Reader text = Files.newBufferedReader(source);
        JsonReader json = new JsonReader(text)) {
      JmhReader reader = new JmhReader(json);
      try {
        reader.readAll(sink);
      } catch (EOFException e) {
        throw reader.error(source, "the file ends in the middle of an entry; was JMH stopped?", e);
      } catch (MalformedJsonException
          | IllegalStateException
          | IllegalArgumentException
          | JsonParseException e) {
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
            .formatted(source, index, json.getPath(), message),
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
    List<String> jvmArgs = List.of();
    JmhMetric primary = JmhMetric.ABSENT;
    Map<String, JmhMetric> secondary = Map.of();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "benchmark" -> benchmark = json.nextString();
        case "mode" -> mode = json.nextString();
        case "params" -> params = readParams();
        case "forks" -> forks = json.nextInt();
        case "jvmArgs" -> jvmArgs = readStrings();
        case "primaryMetric" -> primary = readMetric();
        case "secondaryMetrics" -> secondary = readMetrics();
        default -> json.skipValue();
      }
    }
    json.endObject();
    if (benchmark.isEmpty() || mode.isEmpty() || primary.equals(JmhMetric.ABSENT)) {
      throw new IllegalArgumentException("benchmark, mode or primaryMetric is missing");
    }
    return new JmhResult(index, benchmark, mode, params, forks, jvmArgs, primary, secondary);
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

  private List<String> readStrings() throws IOException {
    List<String> strings = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      strings.add(json.nextString());
    }
    json.endArray();
    return strings;
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
    String unit = "";
    List<Observations> forks = List.of();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "score" -> score = readNumber();
        case "scoreUnit" -> unit = json.nextString();
        case "scorePercentiles" -> median = readMedian();
        case "rawData", "rawDataHistogram" -> forks = readForks();
        default -> json.skipValue();
      }
    }
    json.endObject();
    // The unit may stand behind the figures, so they are converted last.
    ScoreUnit scale = ScoreUnit.parse(unit);
    List<Histogram> histograms = new ArrayList<>(forks.size());
    for (Observations fork : forks) {
      if (fork.size > 0) {
        histograms.add(fork.toHistogram(scale));
      }
    }
    return new JmhMetric(scale.toMs(score), scale.toMs(median), unit, histograms);
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
  private List<Observations> readForks() throws IOException {
    List<Observations> forks = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      Observations fork = new Observations();
      json.beginArray();
      while (json.hasNext()) {
        if (json.peek() == JsonToken.BEGIN_ARRAY) {
          readIteration(fork);
        } else {
          fork.add(readNumber(), 1);
        }
      }
      json.endArray();
      forks.add(fork);
    }
    json.endArray();
    return forks;
  }

  private void readIteration(Observations fork) throws IOException {
    json.beginArray();
    while (json.hasNext()) {
      json.beginArray();
      double value = readNumber();
      fork.add(value, json.nextLong());
      json.endArray();
    }
    json.endArray();
  }

  /** Reads a number; JMH writes what JSON has no number for as a string. */
  private double readNumber() throws IOException {
    JsonToken token = json.peek();
    if (token == JsonToken.NUMBER) {
      return toDouble(json.nextString());
    }
    if (token != JsonToken.STRING) {
      return json.nextDouble(); // says what it found
    }
    String text = json.nextString();
    return switch (text) {
      case "NaN", "+INF", "-INF" -> Double.NaN;
      default -> throw new IllegalArgumentException("found '" + text + "', expected a number");
    };
  }

  private static double toDouble(String text) throws IOException {
    double plain = DecimalParser.parse(text);
    double value = Double.isNaN(plain) ? Double.parseDouble(text) : plain;
    if (Double.isInfinite(value)) {
      throw new MalformedJsonException("found '" + text + "', beyond the range of a double");
    }
    return value;
  }

  /** What one fork observed, in the file's unit; an absent score is no observation. */
  private static final class Observations {
    private double[] values = new double[4];
    private long[] counts = new long[4];
    private int size;

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

    Histogram toHistogram(ScoreUnit unit) {
      double[] ms = new double[size];
      for (int i = 0; i < size; i++) {
        ms[i] = unit.toMs(values[i]);
      }
      return Histogram.of(ms, Arrays.copyOf(counts, size));
    }
  }
}
