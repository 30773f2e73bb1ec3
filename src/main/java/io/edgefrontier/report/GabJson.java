package io.edgefrontier.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.TrackedCell;
import io.edgefrontier.track.TrackedRun;

/**
 * A run for github-action-benchmark's tool {@code customSmallerIsBetter}: one entry per cell and
 * metric. In all of them smaller is better, as the tool takes them: a throughput becomes the time
 * per operation, {@code inverse_throughput}, and an accuracy the share of errors, {@code
 * error_rate}. Failed cells are left out.
 *
 * @see <a href="https://github.com/benchmark-action/github-action-benchmark">the tool</a>
 */
public final class GabJson {
  private GabJson() {}

  /** Returns the document, with a line end at its end. */
  public static String text(TrackedRun run) {
    JsonArray entries = new JsonArray();
    for (TrackedCell cell : run.cells()) {
      for (Figure figure : Figure.of(cell)) {
        entries.add(
            switch (figure.metric()) {
              case THROUGHPUT -> entry(cell, "inverse_throughput", "ms", figure.inverted());
              case ACCURACY -> entry(cell, "error_rate", "share", figure.complement());
              default -> entry(cell, figure.metric().label(), unit(figure.metric()), figure);
            });
      }
    }
    return Wording.encodable(
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(entries)
            + "\n");
  }

  private static String unit(Metric metric) {
    return metric.unit().isEmpty() ? "count" : metric.unit();
  }

  private static JsonObject entry(TrackedCell cell, String metric, String unit, Figure figure) {
    JsonObject entry = new JsonObject();
    entry.addProperty("name", cell.key() + " " + metric);
    entry.addProperty("unit", unit);
    entry.addProperty("value", figure.value());
    if (figure.interval().isPresent()) {
      entry.addProperty(
          "range", "%s..%s".formatted(figure.interval().low(), figure.interval().high()));
    }
    if (!figure.evidence().isEmpty()) {
      entry.addProperty("extra", figure.evidence());
    }
    return entry;
  }
}
