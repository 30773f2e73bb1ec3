package io.edgefrontier.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.Method;
import io.edgefrontier.report.RunNotes;
import io.edgefrontier.result.Cell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds to {@link PageData} what only the page shows: samples, forks, layers, and the notes on a
 * run. These figures are drawn, never compared, so they are rounded.
 */
final class RunData {
  private static final MathContext DRAWN = new MathContext(4);

  /** Forks of all cells together: the picture of more would be no clearer. */
  private static final int MOST_FORKS = 1500;

  private RunData() {}

  /**
   * Adds to the data of a run.
   *
   * @param data as {@link PageData} makes it of these findings
   */
  static void add(JsonObject data, Findings findings, RunNotes notes, RawFigures raw) {
    int every = Math.max(1, (raw.forks().size() + MOST_FORKS - 1) / MOST_FORKS);
    Map<String, JsonArray> forks = forks(raw.forks(), every);
    JsonArray cells = data.getAsJsonArray("cells");
    for (int i = 0; i < cells.size(); i++) {
      JsonObject object = cells.get(i).getAsJsonObject();
      Cell cell = findings.rows().get(i).cell();
      add(object, raw.samples().get(cell));
      object.add("forks", forks.getOrDefault(name(cell), new JsonArray()));
    }
    data.addProperty("everyFork", every);
    data.add("layers", layers(raw));
    data.add("environment", pairs(notes.environment()));
    data.addProperty("command", notes.command());
    data.add("method", texts(Method.sentences(findings)));
    data.add("remarks", texts(Method.remarks(findings)));
    data.add("files", pairs(notes.files()));
  }

  private static void add(JsonObject object, BinnedSamples samples) {
    JsonArray bins = new JsonArray();
    JsonArray quantiles = new JsonArray();
    if (samples != null) {
      for (BinnedSamples.Bin bin : samples.bins()) {
        bins.add(row(drawn(bin.ms()), new JsonPrimitive(bin.count())));
      }
      samples.quantiles().forEach(quantile -> quantiles.add(drawn(quantile)));
    }
    object.add("distribution", bins);
    object.addProperty("beyond", samples == null ? 0 : samples.beyond());
    object.add("quantiles", quantiles);
  }

  /** Returns one fork out of so many, by the name of their cells. */
  private static Map<String, JsonArray> forks(List<TimedFork> all, int every) {
    Map<String, JsonArray> byCell = new HashMap<>();
    for (int i = 0; i < all.size(); i += every) {
      TimedFork fork = all.get(i);
      byCell
          .computeIfAbsent(fork.cell(), key -> new JsonArray())
          .add(
              row(
                  new JsonPrimitive(fork.order()),
                  drawn(fork.medianMs()),
                  drawn(fork.ratio()),
                  new JsonPrimitive(fork.disturbed() ? 1 : 0),
                  new JsonPrimitive(fork.used() ? 1 : 0)));
    }
    return byCell;
  }

  /** Returns the name of a cell in forks.jsonl. */
  private static String name(Cell cell) {
    return cell.variant().id() + "-b" + cell.batchSize() + "-t" + cell.threads();
  }

  private static JsonObject layers(RawFigures raw) {
    JsonObject layers = new JsonObject();
    raw.layers()
        .forEach(
            (variant, costs) -> {
              JsonArray rows = new JsonArray();
              for (LayerCosts cost : costs) {
                rows.add(
                    row(
                        new JsonPrimitive(cost.layer()),
                        new JsonPrimitive(cost.op()),
                        cost.macs().isPresent()
                            ? new JsonPrimitive(cost.macs().getAsLong())
                            : JsonNull.INSTANCE,
                        new JsonPrimitive(cost.storedBytes()),
                        drawn(cost.timeUs())));
              }
              layers.add(variant.id(), rows);
            });
    return layers;
  }

  private static JsonArray pairs(Map<String, String> map) {
    JsonArray pairs = new JsonArray();
    map.forEach((name, value) -> pairs.add(row(new JsonPrimitive(name), new JsonPrimitive(value))));
    return pairs;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static JsonArray row(JsonElement... values) {
    JsonArray row = new JsonArray();
    for (JsonElement value : values) {
      row.add(value);
    }
    return row;
  }

  /** Returns a number that is only drawn; null for what is absent. */
  private static JsonElement drawn(double value) {
    if (!Double.isFinite(value)) {
      return JsonNull.INSTANCE;
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(DRAWN).stripTrailingZeros();
    return new JsonPrimitive(
        rounded.scale() < 0 ? rounded.setScale(0) : rounded); // digits, not 1E+3
  }
}
