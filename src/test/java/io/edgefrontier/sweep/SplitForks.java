package io.edgefrontier.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes JMH's own file of several forks apart, and compares what is made of the parts with it. */
final class SplitForks {
  private SplitForks() {}

  /** Asserts that single forks are put together to the very file that JMH wrote for all of them. */
  static void assertPutTogetherAgain(Path jmh, Path folder) throws IOException {
    JsonArray original = JsonParser.parseString(Files.readString(jmh)).getAsJsonArray();
    List<List<Path>> entries = new ArrayList<>();
    for (JsonElement entry : original) {
      entries.add(split(entry.getAsJsonObject(), folder, entries.size()));
    }
    Path combined = folder.resolve("combined.json");
    CombinedResults.write(combined, entries);
    assertSame("", original, JsonParser.parseString(Files.readString(combined)));
  }

  private static List<Path> split(JsonObject entry, Path folder, int number) throws IOException {
    List<Path> forks = new ArrayList<>();
    for (int i = 0; i < entry.get("forks").getAsInt(); i++) {
      JsonObject fork = entry.deepCopy();
      fork.addProperty("forks", 1);
      keepOnly(i, fork.getAsJsonObject("primaryMetric"));
      JsonObject secondary = fork.getAsJsonObject("secondaryMetrics");
      for (String name : List.copyOf(secondary.keySet())) {
        if (!keepOnly(i, secondary.getAsJsonObject(name))) {
          secondary.remove(name); // so JMH does with what one fork did not report
        }
      }
      JsonArray file = new JsonArray();
      file.add(fork);
      Path path = folder.resolve("entry%d-fork%d.json".formatted(number, i));
      forks.add(Files.writeString(path, file.toString()));
    }
    return forks;
  }

  /** Leaves one fork's raw data in a metric, and none of what was computed from all of them. */
  private static boolean keepOnly(int fork, JsonObject metric) {
    String key = metric.has("rawData") ? "rawData" : "rawDataHistogram";
    JsonArray one = new JsonArray();
    one.add(metric.getAsJsonArray(key).get(fork));
    metric.add(key, one);
    metric.addProperty("score", -1);
    metric.addProperty("scoreError", -1);
    metric.add("scoreConfidence", new JsonArray());
    metric.add("scorePercentiles", new JsonObject());
    return !one.get(0).getAsJsonArray().isEmpty();
  }

  private static void assertSame(String place, JsonElement expected, JsonElement actual) {
    if (expected.isJsonObject()) {
      JsonObject object = actual.getAsJsonObject();
      List<String> keys = List.copyOf(expected.getAsJsonObject().keySet());
      assertEquals(keys, List.copyOf(object.keySet()), place);
      for (String key : keys) {
        assertSame(place + "." + key, expected.getAsJsonObject().get(key), object.get(key));
      }
    } else if (expected.isJsonArray()) {
      assertEquals(expected.getAsJsonArray().size(), actual.getAsJsonArray().size(), place);
      for (int i = 0; i < expected.getAsJsonArray().size(); i++) {
        assertSame(
            place + "[" + i + "]",
            expected.getAsJsonArray().get(i),
            actual.getAsJsonArray().get(i));
      }
    } else {
      assertSameValue(place, expected.getAsJsonPrimitive(), actual.getAsJsonPrimitive());
    }
  }

  private static void assertSameValue(String place, JsonPrimitive expected, JsonPrimitive actual) {
    assertEquals(expected.isNumber(), actual.isNumber(), place);
    if (expected.isNumber()) {
      double value = expected.getAsDouble();
      assertTrue(
          Math.abs(value - actual.getAsDouble()) <= 1e-9 * Math.abs(value),
          () -> place + ": " + expected + " became " + actual);
    } else {
      assertEquals(expected, actual, place);
    }
  }
}
