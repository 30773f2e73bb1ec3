package io.edgefrontier.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Archive;
import java.util.Comparator;
import java.util.Map;

/**
 * summary.json: a finished sweep for programs. Keys keep their order, what is absent is null, and
 * units are those of sweep_results.csv.
 */
public final class SummaryJson {
  /** Grows when a key changes its meaning or goes away. */
  private static final int FORMAT_VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private SummaryJson() {}

  /**
   * Returns the document, with a line end at its end.
   *
   * @param files path relative to the run's folder and what the file holds, in the order to list
   */
  public static String text(Findings findings, Map<String, String> files) {
    JsonObject summary = new JsonObject();
    summary.addProperty("format_version", FORMAT_VERSION);
    summary.addProperty("rough", findings.rough());
    summary.add("cells", cells(findings));
    summary.add("budgets", budgets(findings));
    summary.add("recommendation", recommendation(findings));
    JsonObject frontiers = new JsonObject();
    for (Axis axis : Axis.values()) {
      frontiers.add(axis.label(), frontier(findings, axis));
    }
    summary.add("frontiers", frontiers);
    summary.add("errors", errors(findings));
    JsonObject listed = new JsonObject();
    files.forEach(listed::addProperty);
    summary.add("files", listed);
    return Wording.encodable(GSON.toJson(summary) + "\n");
  }

  private static JsonObject cells(Findings findings) {
    JsonObject cells = new JsonObject();
    int failed = findings.failed().size();
    cells.addProperty("total", findings.rows().size());
    cells.addProperty("failed", failed);
    cells.addProperty("accepted", findings.acceptedCount());
    cells.addProperty("rejected", findings.rows().size() - failed - findings.acceptedCount());
    return cells;
  }

  private static JsonObject budgets(Findings findings) {
    JsonObject budgets = new JsonObject();
    budgets.addProperty("budget_metric", findings.budgetMetric());
    budgets.add("active_budget_mb", number(findings.activeBudgetMb()));
    JsonArray tracked = new JsonArray();
    findings.trackedBudgetsMb().forEach(budget -> tracked.add(number(budget)));
    budgets.add("tracked_budgets_mb", tracked);
    return budgets;
  }

  private static JsonObject recommendation(Findings findings) {
    JsonObject recommendation = new JsonObject();
    recommendation.addProperty("sentence", findings.sentence());
    recommendation.add(
        "cell",
        findings.rows().stream()
            .filter(findings::isRecommended)
            .findFirst()
            .<JsonElement>map(SummaryJson::place)
            .orElse(JsonNull.INSTANCE));
    return recommendation;
  }

  private static JsonArray frontier(Findings findings, Axis axis) {
    JsonArray frontier = new JsonArray();
    findings.measured().stream()
        .filter(row -> findings.onFrontier(axis, row))
        .sorted(Comparator.comparingDouble(axis::value))
        .forEach(row -> frontier.add(place(row)));
    return frontier;
  }

  private static JsonArray errors(Findings findings) {
    JsonArray errors = new JsonArray();
    for (SweepRow row : findings.failed()) {
      JsonObject error = cell(row.cell());
      error.addProperty("error", row.error());
      errors.add(error);
    }
    return errors;
  }

  /** Returns the cell, its archive and the figures that decide its place. */
  private static JsonObject place(SweepRow row) {
    JsonObject place = cell(row.cell());
    place.add("archive", text(row.archive().map(Archive::path).orElse("")));
    place.add("archive_sha256", text(row.archive().map(Archive::sha256).orElse("")));
    place.add("accuracy", number(row.accuracy().top1()));
    place.add("latency_ms", number(row.latency().medianMs()));
    place.add("model_memory_mb", number(row.memory().modelMb()));
    place.add("energy_proxy_j", number(row.energy().proxyJ()));
    return place;
  }

  private static JsonObject cell(Cell cell) {
    JsonObject object = new JsonObject();
    object.addProperty("variant", cell.variant().id());
    object.addProperty("model", cell.variant().model());
    object.addProperty("pruning_level", cell.variant().pruningLevel());
    object.addProperty("precision", cell.variant().precision().label());
    object.addProperty("batch_size", cell.batchSize());
    object.addProperty("threads", cell.threads());
    return object;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static JsonElement text(String value) {
    return value.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(value);
  }
}
