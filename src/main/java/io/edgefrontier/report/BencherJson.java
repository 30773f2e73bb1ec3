package io.edgefrontier.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.TrackedCell;
import io.edgefrontier.track.TrackedRun;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A run in the Bencher Metric Format: a benchmark per cell, a measure per metric with its 95 %
 * interval. Bencher's own measures have Bencher's units: {@code latency} is in nanoseconds (service
 * time, or time per operation of another project's benchmark), {@code throughput} in operations per
 * second. Of the others, times are in nanoseconds too, sizes in bytes, energy in joules, accuracy
 * is a share. Failed cells are left out.
 *
 * @see <a href="https://bencher.dev/docs/reference/bencher-metric-format">the format</a>
 */
public final class BencherJson {
  /** Characters that Bencher takes in the name of a benchmark. */
  static final int MAX_NAME = 1024;

  private static final double NS_PER_MS = 1e6;
  private static final double BYTES_PER_MIB = 1024 * 1024;

  private BencherJson() {}

  /** Returns the document, with a line end at its end. */
  public static String text(TrackedRun run) {
    JsonObject benchmarks = new JsonObject();
    for (TrackedCell cell : run.cells()) {
      JsonObject measures = new JsonObject();
      Figure.of(cell).forEach(figure -> measures.add(measure(figure.metric()), metric(figure)));
      if (!measures.isEmpty()) {
        benchmarks.add(name(cell.key()), measures);
      }
    }
    return Wording.encodable(
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(benchmarks)
            + "\n");
  }

  /** Returns the slug of a measure. */
  private static String measure(Metric metric) {
    return metric == Metric.OPERATION_TIME
        ? measure(Metric.LATENCY)
        : metric.label().replace('_', '-');
  }

  /** Returns the key, or its beginning and what tells it from others that begin alike. */
  private static String name(String key) {
    if (key.length() <= MAX_NAME) {
      return key;
    }
    String rest = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    return ChangeText.clip(key, MAX_NAME - rest.length() - 1) + " " + rest;
  }

  private static JsonObject metric(Figure figure) {
    Figure converted =
        switch (figure.metric().unit()) {
          case "ms" -> figure.times(NS_PER_MS);
          case "MiB" -> figure.times(BYTES_PER_MIB);
          default -> figure;
        };
    JsonObject metric = new JsonObject();
    metric.addProperty("value", converted.value());
    if (converted.interval().isPresent()) {
      metric.addProperty("lower_value", converted.interval().low());
      metric.addProperty("upper_value", converted.interval().high());
    }
    return metric;
  }
}
