package io.edgefrontier.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.edgefrontier.result.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the JSON files of single forks together to the one that JMH would have written, had it run
 * all the forks itself: raw data side by side, scores and percentiles computed anew by JMH's own
 * statistics.
 *
 * <p>One fork at a time is in memory, so the size of a sweep does not matter.
 */
final class CombinedResults {
  private static final String INDENT = "    ";

  private CombinedResults() {}

  /**
   * Writes the combined file.
   *
   * @param entries the forks of each entry, at least one, in the order of their launch
   * @throws IOException naming the fork's file if that is not what JMH writes for one fork
   */
  static void write(Path target, List<List<Path>> entries) throws IOException {
    AtomicFile.writeText(
        target,
        text -> {
          JsonWriter json = new JsonWriter(text);
          json.setIndent(INDENT);
          json.setHtmlSafe(false);
          json.beginArray();
          for (List<Path> forks : entries) {
            new Entry(forks).write(json);
          }
          json.endArray();
          json.flush();
          text.write("\n");
        });
  }

  /**
   * Returns the only entry of a fork's file.
   *
   * @throws IOException naming the file if it has another number of entries or is no JSON
   */
  static JsonObject read(Path fork) throws IOException {
    try (Reader text = Files.newBufferedReader(fork)) {
      JsonArray results = JsonParser.parseReader(text).getAsJsonArray();
      if (results.size() != 1) {
        throw new IOException(
            fork + ": has " + results.size() + " entries, expected that of one fork");
      }
      JsonObject result = results.get(0).getAsJsonObject();
      rawData(fork, result.getAsJsonObject("primaryMetric"));
      return result;
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      throw new IOException(fork + ": is not what JMH writes: " + e.getMessage(), e);
    }
  }

  /** Returns what the only fork of a metric observed. */
  private static JsonArray rawData(Path fork, JsonObject metric) throws IOException {
    JsonArray forks =
        metric == null || !metric.has(rawKey(metric))
            ? new JsonArray()
            : metric.getAsJsonArray(rawKey(metric));
    if (forks.size() != 1) {
      throw new IOException(
          "%s: has the raw data of %d forks, expected one; is -Djmh.json.rawData=false set?"
              .formatted(fork, forks.size()));
    }
    return forks.get(0).getAsJsonArray();
  }

  private static String rawKey(JsonObject metric) {
    return metric.has("rawDataHistogram") ? "rawDataHistogram" : "rawData";
  }

  /** One benchmark with one set of parameters. */
  private static final class Entry {
    private final List<Path> forks;
    private final JsonObject first;
    private final PooledMetric primary = new PooledMetric();
    private final SortedMap<String, PooledMetric> secondary = new TreeMap<>();
    private final SortedMap<String, JsonArray> secondaryRaw = new TreeMap<>();

    Entry(List<Path> forks) throws IOException {
      this.forks = forks;
      JsonObject head = null;
      for (int i = 0; i < forks.size(); i++) {
        JsonObject result = read(forks.get(i));
        addFork(i, result);
        if (head == null) {
          head = result;
          head.remove("primaryMetric"); // the largest part, and pooled by now
        }
      }
      this.first = head;
    }

    private void addFork(int number, JsonObject result) throws IOException {
      Path fork = forks.get(number);
      JsonObject metric = result.getAsJsonObject("primaryMetric");
      primary.add(metric, rawData(fork, metric));
      for (Map.Entry<String, JsonElement> entry :
          result.getAsJsonObject("secondaryMetrics").entrySet()) {
        JsonObject other = entry.getValue().getAsJsonObject();
        JsonArray raw = rawData(fork, other);
        secondary.computeIfAbsent(entry.getKey(), name -> new PooledMetric()).add(other, raw);
        JsonArray all = secondaryRaw.computeIfAbsent(entry.getKey(), name -> new JsonArray());
        padTo(number, all);
        all.add(raw);
      }
    }

    // A fork that did not report the metric observed nothing; JMH writes an empty list for it.
    private static void padTo(int forks, JsonArray raw) {
      while (raw.size() < forks) {
        raw.add(new JsonArray());
      }
    }

    void write(JsonWriter json) throws IOException {
      json.beginObject();
      for (Map.Entry<String, JsonElement> field : first.entrySet()) {
        switch (field.getKey()) {
          case "secondaryMetrics" -> {
            // JMH's order: the primary metric, which was taken out, stands before the others.
            json.name("primaryMetric");
            writePrimary(json);
            json.name("secondaryMetrics");
            writeSecondary(json);
          }
          case "forks" -> json.name("forks").value(forks.size());
          default -> json.name(field.getKey()).jsonValue(field.getValue().toString());
        }
      }
      json.endObject();
    }

    private void writePrimary(JsonWriter json) throws IOException {
      json.beginObject();
      primary.writeSummary(json);
      json.name(primary.rawKey());
      json.beginArray();
      for (Path fork : forks) {
        JsonObject metric = read(fork).getAsJsonObject("primaryMetric");
        writeRaw(json, rawData(fork, metric));
      }
      json.endArray();
      json.endObject();
    }

    private void writeSecondary(JsonWriter json) throws IOException {
      json.beginObject();
      for (Map.Entry<String, PooledMetric> metric : secondary.entrySet()) {
        json.name(metric.getKey());
        json.beginObject();
        if (PooledMetric.isDerived(metric.getKey())) {
          primary.writeDerived(json, metric.getKey());
        } else {
          metric.getValue().writeSummary(json);
        }
        json.name("rawData");
        json.beginArray();
        JsonArray raw = secondaryRaw.get(metric.getKey());
        padTo(forks.size(), raw);
        for (JsonElement fork : raw) {
          writeRaw(json, fork.getAsJsonArray());
        }
        json.endArray();
        json.endObject();
      }
      json.endObject();
    }

    // A value, or a whole [value, count] list of an iteration, per line.
    private static void writeRaw(JsonWriter json, JsonArray iterations) throws IOException {
      json.beginArray();
      for (JsonElement iteration : iterations) {
        json.jsonValue(iteration.toString());
      }
      json.endArray();
    }
  }
}
