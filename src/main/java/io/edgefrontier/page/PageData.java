package io.edgefrontier.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgefrontier.analysis.AccuracyBasis;
import io.edgefrontier.analysis.BudgetMetric;
import io.edgefrontier.report.Axis;
import io.edgefrontier.report.Findings;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.Latency;
import io.edgefrontier.result.Startup;
import io.edgefrontier.result.SweepRow;
import io.edgefrontier.variant.Archive;

/**
 * A run's findings as the scripts of this package read them. What is absent is null; a figure is an
 * array of its value and the ends of its 95 % interval.
 *
 * <p>Units: accuracy as a share, times in milliseconds, energy of one inference in millijoules,
 * memory and sizes in MiB. Cells keep the order of sweep_results.csv, since of equal cells the
 * first one stays on a frontier.
 */
public final class PageData {
  private static final int FORMAT_VERSION = 1;
  private static final double MJ_PER_J = 1000;
  private static final double BYTES_PER_MIB = 1 << 20;

  private PageData() {}

  /**
   * Returns all that the findings themselves say.
   *
   * @param title of the run, such as {@code resnet8 on digits}
   * @param basis the accuracy that the run's frontiers maximise
   */
  public static JsonObject of(Findings findings, AccuracyBasis basis, String title) {
    JsonObject data = new JsonObject();
    data.addProperty("formatVersion", FORMAT_VERSION);
    data.addProperty("title", title);
    data.addProperty("sentence", findings.sentence());
    data.addProperty("rough", findings.rough());
    data.addProperty("budgetMetric", findings.budgetMetric());
    data.add("activeBudgetMb", number(findings.activeBudgetMb()));
    JsonArray tracked = new JsonArray();
    findings.trackedBudgetsMb().forEach(budget -> tracked.add(number(budget)));
    data.add("trackedBudgetsMb", tracked);
    data.addProperty("hasAccuracy", findings.hasAccuracy());
    data.addProperty("accuracyBasis", label(basis));
    JsonArray cells = new JsonArray();
    findings.rows().forEach(row -> cells.add(cell(findings, row)));
    data.add("cells", cells);
    return data;
  }

  private static String label(AccuracyBasis basis) {
    return switch (basis) {
      case TOP1 -> "top1";
      case CI_LOW -> "ci-low";
    };
  }

  private static JsonObject cell(Findings findings, SweepRow row) {
    JsonObject object = new JsonObject();
    Cell cell = row.cell();
    object.addProperty("id", cell.variant().id());
    object.addProperty("model", cell.variant().model());
    object.addProperty("pruningLevel", cell.variant().pruningLevel());
    object.addProperty("precision", cell.variant().precision().label());
    object.addProperty("batchSize", cell.batchSize());
    object.addProperty("threads", cell.threads());
    object.addProperty("error", row.error());
    figures(object, row);
    // Of a failed cell, too: its row in sweep_results.csv has verdicts on the tracked budgets.
    object.add("budgetMb", number(BudgetMetric.parse(findings.budgetMetric()).of(row.memory())));
    object.addProperty("accepted", row.accepted());
    object.addProperty("recommended", findings.recommended().filter(cell::equals).isPresent());
    JsonArray frontier = new JsonArray();
    for (Axis axis : Axis.values()) {
      if (findings.frontiers().get(axis).contains(cell)) {
        frontier.add(axis.label());
      }
    }
    object.add("frontier", frontier);
    object.addProperty("archive", row.archive().map(Archive::path).orElse(""));
    object.addProperty("sha256", row.archive().map(Archive::sha256).orElse(""));
    return object;
  }

  /** Adds what was measured; nothing for a failed cell, whose figures nobody should compare. */
  private static void figures(JsonObject object, SweepRow row) {
    boolean failed = !row.error().isEmpty();
    Accuracy accuracy = failed ? Accuracy.ABSENT : row.accuracy();
    Latency latency = failed ? Latency.ABSENT : row.latency();
    Startup startup = failed ? Startup.ABSENT : row.startup();
    object.add("accuracy", figure(accuracy.top1(), accuracy.ci95Low(), accuracy.ci95High()));
    object.add("latency", figure(latency.medianMs(), latency.ci95LowMs(), latency.ci95HighMs()));
    // The frontier ranks modelled energy, since it is there for every cell.
    object.add("energy", figure(failed ? Double.NaN : row.energy().proxyJ() * MJ_PER_J));
    object.addProperty("energyModelled", true);
    object.add("memory", figure(failed ? Double.NaN : row.memory().modelMb()));
    object.add("size", figure(failed ? Double.NaN : sizeMb(row)));
    object.add(
        "coldStart", figure(startup.coldStartMs(), startup.ci95LowMs(), startup.ci95HighMs()));
    object.add("p99", figure(latency.percentiles().p99Ms()));
  }

  private static double sizeMb(SweepRow row) {
    return row.archive().map(archive -> archive.bytes() / BYTES_PER_MIB).orElse(Double.NaN);
  }

  private static JsonArray figure(double value) {
    return figure(value, Double.NaN, Double.NaN);
  }

  private static JsonArray figure(double value, double low, double high) {
    JsonArray figure = new JsonArray();
    figure.add(number(value));
    figure.add(number(low));
    figure.add(number(high));
    return figure;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }
}
