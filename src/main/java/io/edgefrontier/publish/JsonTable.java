package io.edgefrontier.publish;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.PublishedTable.Heading;
import io.edgefrontier.publish.PublishedTable.NamedRun;
import io.edgefrontier.publish.PublishedTable.Part;
import io.edgefrontier.publish.PublishedTable.Row;
import io.edgefrontier.publish.PublishedTable.Section;
import io.edgefrontier.publish.TableColumn.Figures;
import io.edgefrontier.report.Findings;
import io.edgefrontier.result.Cell;
import java.util.Locale;
import java.util.Optional;

/**
 * A table as JSON: units are those of sweep_results.csv, what is absent is null, keys keep their
 * order. Characters that are not seen are escaped.
 */
final class JsonTable {
  /** Grows when a key changes its meaning or goes away. */
  private static final int FORMAT_VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private final PublishedTable table;

  private JsonTable(PublishedTable table) {
    this.table = table;
  }

  /** Returns the document, with a line end at its end. */
  static String of(PublishedTable table) {
    return new JsonTable(table).text();
  }

  private String text() {
    JsonObject root = new JsonObject();
    root.addProperty("format_version", FORMAT_VERSION);
    root.addProperty("caption", table.caption());
    JsonArray runs = new JsonArray();
    table.runs().forEach(run -> runs.add(run(run)));
    root.add("runs", runs);
    JsonArray columns = new JsonArray();
    table.headings().forEach(heading -> columns.add(column(heading)));
    root.add("columns", columns);
    JsonArray rows = new JsonArray();
    for (Section section : table.sections()) {
      section.rows().forEach(row -> rows.add(row(section, row)));
    }
    root.add("rows", rows);
    JsonArray notes = new JsonArray();
    table.notes().forEach(notes::add);
    root.add("notes", notes);
    return visible(GSON.toJson(root)) + "\n";
  }

  private static JsonObject run(NamedRun named) {
    PublishedRun run = named.run();
    Findings findings = run.findings();
    JsonObject object = new JsonObject();
    object.addProperty("name", named.name());
    object.addProperty("title", run.title());
    object.add("machine_id", text(run.machineId()));
    object.add("commit", text(run.commit()));
    object.addProperty("started", run.time());
    object.add("command", text(run.command()));
    object.addProperty("rough", findings.rough());
    object.addProperty("sentence", findings.sentence());
    object.addProperty("budget_metric", findings.budgetMetric());
    object.add("active_budget_mb", number(findings.activeBudgetMb()));
    JsonArray tracked = new JsonArray();
    findings.trackedBudgetsMb().forEach(budget -> tracked.add(number(budget)));
    object.add("tracked_budgets_mb", tracked);
    JsonObject environment = new JsonObject();
    run.environment().forEach(environment::addProperty);
    object.add("environment", environment);
    return object;
  }

  private static JsonObject column(Heading heading) {
    JsonObject object = new JsonObject();
    object.addProperty("name", heading.column().name());
    object.addProperty("title", heading.title());
    if (heading.column() instanceof Figures figures) {
      object.addProperty("better", figures.better().name().toLowerCase(Locale.ROOT));
      object.addProperty("modelled", figures.modelled());
    }
    return object;
  }

  private JsonObject row(Section section, Row row) {
    Cell cell = row.cell();
    JsonObject object = new JsonObject();
    object.add("group", text(section.title()));
    object.addProperty("variant", cell.variant().id());
    object.addProperty("model", cell.variant().model());
    object.addProperty("pruning_level", cell.variant().pruningLevel());
    object.addProperty("precision", cell.variant().precision().label());
    object.addProperty("batch_size", cell.batchSize());
    object.addProperty("threads", cell.threads());
    JsonArray parts = new JsonArray();
    for (Optional<Part> part : row.parts()) {
      parts.add(part.<JsonElement>map(this::part).orElse(JsonNull.INSTANCE));
    }
    object.add("runs", parts);
    return object;
  }

  private JsonObject part(Part part) {
    JsonObject object = new JsonObject();
    object.addProperty("accepted", part.view().row().accepted());
    object.addProperty("recommended", part.view().findings().isRecommended(part.view().row()));
    object.add("error", text(part.view().row().error()));
    for (int i = 0; i < table.headings().size(); i++) {
      Heading heading = table.headings().get(i);
      if (!object.has(heading.column().name())) {
        object.add(heading.column().name(), entry(heading, part.entries().get(i)));
      }
    }
    return object;
  }

  private static JsonElement entry(Heading heading, Entry entry) {
    if (!(heading.column() instanceof Figures figures)) {
      return text(entry.text());
    }
    if (!entry.figure().isPresent()) {
      return JsonNull.INSTANCE;
    }
    JsonObject object = new JsonObject();
    object.add("value", number(entry.figure().value()));
    if (!figures.ends().isEmpty()) {
      object.add("ci95_low", number(entry.figure().low()));
      object.add("ci95_high", number(entry.figure().high()));
    }
    if (figures.better() != Better.NEITHER) {
      object.addProperty("best", entry.best());
    }
    return object;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static JsonElement text(String value) {
    return value.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(value);
  }

  /** Escapes what is not seen; outside of strings there is none of it. */
  private static String visible(String json) {
    StringBuilder visible = new StringBuilder();
    json.codePoints()
        .forEach(
            c -> {
              boolean half = Character.getType(c) == Character.SURROGATE;
              if (c != '\n' && (half || VisibleText.isHidden(c))) {
                for (char unit : Character.toChars(c)) {
                  visible.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
              } else {
                visible.appendCodePoint(c);
              }
            });
    return visible.toString();
  }
}
