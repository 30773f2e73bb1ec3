package io.edgefrontier.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Map;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.MultisetStatistics;
import org.openjdk.jmh.util.SingletonStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * One metric of several forks, summed up as JMH does: the mean with its 99.9 % interval, and
 * percentiles, over everything that any fork observed.
 */
final class PooledMetric {
  private static final double CONFIDENCE = 0.999;

  private static final double[] PERCENTILES = {
    0.0, 50.0, 90.0, 95.0, 99.0, 99.9, 99.99, 99.999, 99.9999, 100.0
  };

  /** What JMH derives from the samples of a primary metric, and adds as secondary metrics. */
  private static final Map<String, Double> DERIVED =
      Map.of(
          "p0.00", 0.0,
          "p0.50", 50.0,
          "p0.90", 90.0,
          "p0.95", 95.0,
          "p0.99", 99.0,
          "p0.999", 99.9,
          "p0.9999", 99.99,
          "p1.00", 100.0);

  private final ListStatistics scores = new ListStatistics();
  private final MultisetStatistics samples = new MultisetStatistics();
  private String rawKey = "rawData";
  private String unit = "";

  /**
   * Returns whether JMH computes a secondary metric of this name from the primary one's samples.
   */
  static boolean isDerived(String name) {
    return DERIVED.containsKey(name);
  }

  /**
   * Adds a fork.
   *
   * @param metric as JMH writes it
   * @param iterations its raw data: scores, or lists of [value, count]
   */
  void add(JsonObject metric, JsonArray iterations) {
    unit = metric.get("scoreUnit").getAsString();
    rawKey = metric.has("rawDataHistogram") ? "rawDataHistogram" : "rawData";
    for (JsonElement iteration : iterations) {
      if (iteration.isJsonArray()) {
        iteration.getAsJsonArray().forEach(pair -> addSample(pair.getAsJsonArray()));
      } else {
        scores.addValue(number(iteration.getAsJsonPrimitive()));
      }
    }
  }

  private void addSample(JsonArray pair) {
    samples.addValue(number(pair.get(0).getAsJsonPrimitive()), pair.get(1).getAsLong());
  }

  /** Returns the key under which the raw data stand. */
  String rawKey() {
    return rawKey;
  }

  /** Writes score, error, interval, percentiles and unit into the object that is open. */
  void writeSummary(JsonWriter json) throws IOException {
    writeSummary(json, rawKey.equals("rawData") ? scores : samples);
  }

  /** Writes the same of a secondary metric that JMH derives from these samples. */
  void writeDerived(JsonWriter json, String name) throws IOException {
    writeSummary(json, new SingletonStatistics(samples.getPercentile(DERIVED.get(name))));
  }

  private void writeSummary(JsonWriter json, Statistics statistics) throws IOException {
    writeNumber(json.name("score"), statistics.getMean());
    writeNumber(json.name("scoreError"), statistics.getMeanErrorAt(CONFIDENCE));
    json.name("scoreConfidence").beginArray();
    for (double end : statistics.getConfidenceIntervalAt(CONFIDENCE)) {
      writeNumber(json, end);
    }
    json.endArray();
    json.name("scorePercentiles").beginObject();
    for (double percentile : PERCENTILES) {
      writeNumber(json.name(String.valueOf(percentile)), statistics.getPercentile(percentile));
    }
    json.endObject();
    json.name("scoreUnit").value(unit);
  }

  // As JMH spells what JSON has no number for.
  private static void writeNumber(JsonWriter json, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.value("NaN");
    } else if (Double.isInfinite(value)) {
      json.value(value > 0 ? "+INF" : "-INF");
    } else {
      json.value(value);
    }
  }

  private static double number(JsonPrimitive value) {
    return switch (value.getAsString()) {
      case "NaN" -> Double.NaN;
      case "+INF" -> Double.POSITIVE_INFINITY;
      case "-INF" -> Double.NEGATIVE_INFINITY;
      default -> value.getAsDouble();
    };
  }
}
