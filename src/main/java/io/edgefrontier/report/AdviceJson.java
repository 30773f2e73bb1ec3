package io.edgefrontier.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.analysis.Advice;
import io.edgefrontier.analysis.Advice.Choice;
import io.edgefrontier.analysis.Advice.Margin;
import io.edgefrontier.analysis.Advice.NearMiss;
import io.edgefrontier.analysis.Advice.Step;
import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.analysis.Separation;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.SweepRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An advice for programs. Keys keep their order, what is absent is null, and units are those of
 * sweep_results.csv, shares for accuracy.
 *
 * <ul>
 *   <li>{@code verdict}: {@code ship}, {@code nothing_fits}, or {@code undecided} where variants
 *       fit and none has the figures that decide;
 *   <li>{@code limits}: of each, its {@code name}, {@code bound}, and whether it is the run's own;
 *   <li>{@code ship} and {@code runner_up}: a cell's names and figures; {@code ties}, {@code
 *       uncertain_limits} (kept by the figure, not by its interval);
 *   <li>{@code margins}: of each limit, and of each cost without one, {@code binding} and the steps
 *       {@code looser} and {@code tighter} along the frontier;
 *   <li>{@code archive}, {@code djl}: the file to ship and code that loads it;
 *   <li>{@code closest}, {@code concessions}: where nothing fits.
 * </ul>
 */
public final class AdviceJson {
  /** Grows when a key changes its meaning or goes away. */
  private static final int FORMAT_VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private final Advice advice;
  private final AdviceNotes notes;

  private AdviceJson(Advice advice, AdviceNotes notes) {
    this.advice = advice;
    this.notes = notes;
  }

  /** Returns the document, without a line end at its end. */
  public static String text(Advice advice, AdviceNotes notes) {
    return Wording.encodable(GSON.toJson(new AdviceJson(advice, notes).document()));
  }

  private JsonObject document() {
    Optional<Choice> choice = advice.choice();
    JsonObject root = new JsonObject();
    root.addProperty("format_version", FORMAT_VERSION);
    root.addProperty(
        "verdict",
        choice.isPresent() ? "ship" : advice.fitting().isEmpty() ? "nothing_fits" : "undecided");
    root.addProperty("run", notes.run());
    root.addProperty("rough", notes.rough());
    root.add("latency_multiplier", number(notes.latencyMultiplier()));
    root.addProperty("prefer", advice.preference().label());
    root.addProperty("use_ci", advice.figures().useCi());
    root.add("batch_size", whole(notes.batchSize()));
    root.add("threads", whole(notes.threads()));
    root.addProperty("memory_metric", notes.memoryMetric());
    root.addProperty("energy", advice.figures().energy().label());
    root.add(
        "accuracy_baseline",
        advice
            .figures()
            .baseline()
            .map(row -> text(row.cell().variant().id()))
            .orElse(JsonNull.INSTANCE));
    root.add("cells", cells());
    root.add("limits", limits());
    root.add("ship", choice.map(found -> cell(found.row())).orElse(JsonNull.INSTANCE));
    root.add("runner_up", choice.flatMap(this::runnerUp).orElse(JsonNull.INSTANCE));
    root.add("ties", list(choice.map(Choice::ties).orElse(List.of())));
    JsonArray uncertain = new JsonArray();
    choice.ifPresent(found -> found.uncertain().forEach(kind -> uncertain.add(kind.label())));
    root.add("uncertain_limits", uncertain);
    JsonArray margins = new JsonArray();
    choice.ifPresent(found -> found.margins().forEach(margin -> margins.add(margin(margin))));
    root.add("margins", margins);
    root.add("archive", notes.archive().map(AdviceJson::archive).orElse(JsonNull.INSTANCE));
    root.add("djl", notes.archive().map(AdviceJson::djl).orElse(JsonNull.INSTANCE));
    root.add("closest", advice.nearMiss().map(this::closest).orElse(JsonNull.INSTANCE));
    root.add("concessions", advice.nearMiss().map(this::concessions).orElse(new JsonArray()));
    return root;
  }

  private JsonObject cells() {
    JsonObject cells = new JsonObject();
    cells.addProperty("considered", advice.rows().size());
    cells.addProperty(
        "failed", advice.rows().stream().filter(row -> !row.error().isEmpty()).count());
    cells.addProperty("fitting", advice.fitting().size());
    return cells;
  }

  private JsonArray limits() {
    JsonArray limits = new JsonArray();
    advice
        .limits()
        .bounds()
        .forEach(
            (kind, bound) -> {
              JsonObject limit = new JsonObject();
              limit.addProperty("name", kind.label());
              limit.add("bound", number(bound));
              limit.addProperty("of_run", kind == LimitKind.MAX_MEMORY_MB && notes.ownBudget());
              limits.add(limit);
            });
    return limits;
  }

  private JsonElement cell(SweepRow row) {
    Cell cell = row.cell();
    Latency latency = row.latency();
    Accuracy accuracy = row.accuracy();
    JsonObject object = new JsonObject();
    object.addProperty("variant", cell.variant().id());
    object.addProperty("model", cell.variant().model());
    object.addProperty("pruning_level", cell.variant().pruningLevel());
    object.addProperty("precision", cell.variant().precision().label());
    object.addProperty("batch_size", cell.batchSize());
    object.addProperty("threads", cell.threads());
    object.add("latency_ms", number(latency.medianMs()));
    object.add("latency_ci95_low_ms", number(latency.ci95LowMs()));
    object.add("latency_ci95_high_ms", number(latency.ci95HighMs()));
    object.add("accuracy", number(accuracy.top1()));
    object.add("accuracy_ci95_low", number(accuracy.ci95Low()));
    object.add("accuracy_ci95_high", number(accuracy.ci95High()));
    object.add("accuracy_drop", figure(LimitKind.MAX_ACCURACY_DROP, row));
    object.add("memory_mb", figure(LimitKind.MAX_MEMORY_MB, row));
    object.add("energy_j", figure(LimitKind.MAX_ENERGY_J, row));
    object.addProperty("forks", row.evidence().forks());
    return object;
  }

  private JsonElement figure(LimitKind kind, SweepRow row) {
    return number(advice.figures().point(kind, row));
  }

  private JsonArray list(List<SweepRow> rows) {
    JsonArray list = new JsonArray();
    rows.forEach(row -> list.add(cell(row)));
    return list;
  }

  private Optional<JsonElement> runnerUp(Choice choice) {
    return choice
        .runnerUp()
        .map(
            other -> {
              JsonObject object = cell(other).getAsJsonObject();
              for (LimitKind kind : List.of(LimitKind.MAX_LATENCY_MS, LimitKind.MIN_ACCURACY)) {
                object.addProperty(
                    kind.phrase() + "_separation",
                    Separation.of(kind, choice.row(), other, advice.figures()).label());
              }
              return object;
            });
  }

  private JsonObject margin(Margin margin) {
    JsonObject object = new JsonObject();
    object.addProperty("name", margin.kind().label());
    object.add("bound", number(margin.bound().orElse(Double.NaN)));
    object.addProperty("binding", margin.binding());
    object.add("looser", margin.looser().map(this::step).orElse(JsonNull.INSTANCE));
    object.add("tighter", margin.tighter().map(this::step).orElse(JsonNull.INSTANCE));
    return object;
  }

  private JsonElement step(Step step) {
    JsonObject object = new JsonObject();
    object.add("bound", number(step.bound()));
    object.addProperty("cost", step.cost().phrase());
    object.add("cost_change", number(step.costChange()));
    object.add("accuracy_change", number(step.accuracyChange()));
    object.add("accuracy_per_cost", number(step.accuracyPerCost()));
    object.addProperty("accuracy_separation", step.accuracy().label());
    object.add("cell", cell(step.row()));
    object.add("ship_then", step.chosen().map(this::cell).orElse(JsonNull.INSTANCE));
    return object;
  }

  private static JsonElement archive(ShippedArchive archive) {
    JsonObject object = new JsonObject();
    object.addProperty("path", archive.path().toString());
    object.addProperty("sha256", archive.sha256());
    object.addProperty("state", archive.state().label());
    JsonArray shape = new JsonArray();
    archive.inputShape().forEach(shape::add);
    object.add("input_shape", shape);
    return object;
  }

  private static JsonElement djl(ShippedArchive archive) {
    JsonObject object = new JsonObject();
    JsonArray imports = new JsonArray();
    DjlSnippet.imports().forEach(imports::add);
    object.add("imports", imports);
    JsonArray code = new JsonArray();
    DjlSnippet.lines(archive).forEach(code::add);
    object.add("code", code);
    return object;
  }

  private JsonElement closest(NearMiss miss) {
    JsonObject object = cell(miss.row()).getAsJsonObject();
    JsonObject excess = new JsonObject();
    for (LimitKind kind : advice.limits().kinds()) {
      excess.add(kind.label(), number(advice.limits().excess(kind, miss.row(), advice.figures())));
    }
    object.add("relative_excess", excess);
    return object;
  }

  private JsonArray concessions(NearMiss miss) {
    JsonArray concessions = new JsonArray();
    miss.concessions()
        .forEach(
            concession -> {
              JsonObject object = new JsonObject();
              object.addProperty("name", concession.kind().label());
              object.add(
                  "bound",
                  concession
                      .row()
                      .map(row -> number(advice.figures().figure(concession.kind(), row)))
                      .orElse(JsonNull.INSTANCE));
              object.add("cell", concession.row().map(this::cell).orElse(JsonNull.INSTANCE));
              concessions.add(object);
            });
    return concessions;
  }

  private static JsonElement whole(OptionalInt value) {
    return value.isPresent() ? new JsonPrimitive(value.getAsInt()) : JsonNull.INSTANCE;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static JsonElement text(String value) {
    return new JsonPrimitive(value);
  }
}
