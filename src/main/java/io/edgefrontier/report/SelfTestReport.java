package io.edgefrontier.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgefrontier.analysis.Comparison;
import io.edgefrontier.analysis.DetectableDifference;
import io.edgefrontier.analysis.Interval;
import io.edgefrontier.analysis.SelfTest;
import io.edgefrontier.analysis.TrialRate;
import io.edgefrontier.analysis.TrialRates;
import io.edgefrontier.analysis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a self-test found, for people and for programs. */
public final class SelfTestReport {
  private final SelfTest result;
  private final double injectedPercent;

  /**
   * @param injectedPercent delay of the third label; 0 where there is none
   */
  public SelfTestReport(SelfTest result, double injectedPercent) {
    this.result = result;
    this.injectedPercent = injectedPercent;
  }

  /** Returns the lines for the terminal. */
  public List<String> lines() {
    String delay = Numbers.plain(injectedPercent) + " %";
    List<String> lines = new ArrayList<>();
    lines.add(line("noise between forks", noise()));
    lines.add(line("A' against A", text(result.labels())));
    result
        .injection()
        .ifPresent(found -> lines.add(line("A + " + delay + " against A", text(found))));
    lines.add(
        line(
            "smallest slow-down found",
            result.detectable().stream()
                .map(SelfTestReport::text)
                .collect(Collectors.joining(", "))));
    lines.add(line("", "(in 80 % of comparisons of so many forks with as many; resampled)"));
    lines.add(line("false alarms", text(result.falseAlarms())));
    result.detections().ifPresent(found -> lines.add(line("detections of " + delay, text(found))));
    return lines;
  }

  private static String line(String what, String found) {
    return String.format(Locale.ROOT, "%-26s%s", what, found);
  }

  private String noise() {
    String raw = "latency_raw_ms " + percent(result.rawVariation());
    return Double.isNaN(result.ratioVariation())
        ? raw
        : "latency_ratio %s, %s (coefficient of variation)"
            .formatted(percent(result.ratioVariation()), raw);
  }

  private static String text(Comparison found) {
    return String.format(
        Locale.ROOT,
        "ratio %.4f [%.4f, %.4f], p = %s, %d forks each: %s",
        found.ratio(),
        found.interval().low(),
        found.interval().high(),
        Numbers.significant(found.pValue(), 2),
        found.candidateForks(),
        word(found.verdict()));
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String text(DetectableDifference difference) {
    return "%s with %d forks".formatted(percent(difference.share()), difference.forks());
  }

  private String text(TrialRates rates) {
    TrialRate trials = rates.disjoint();
    return "%d of %d trials of %d forks (95 %% interval %s to %s); resampled %s"
        .formatted(
            trials.hits(),
            trials.trials(),
            result.forksPerTrial(),
            percent(trials.interval().low()),
            percent(trials.interval().high()),
            percent(rates.resampled().share()));
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? Numbers.ABSENT : Numbers.significant(share * 100, 2) + " %";
  }

  /** Returns the same as JSON; what is absent has no key. */
  public String json() {
    JsonObject root = new JsonObject();
    root.addProperty("forks_per_trial", result.forksPerTrial());
    add(root, "latency_ratio_variation", result.ratioVariation());
    add(root, "latency_raw_variation", result.rawVariation());
    root.add("labels", json(result.labels()));
    result
        .injection()
        .ifPresent(
            found -> {
              JsonObject injection = json(found);
              injection.addProperty("delay_percent", injectedPercent);
              root.add("injection", injection);
            });
    JsonArray detectable = new JsonArray();
    for (DetectableDifference difference : result.detectable()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("forks", difference.forks());
      add(entry, "share", difference.share());
      detectable.add(entry);
    }
    root.add("detectable", detectable);
    root.add("false_alarms", json(result.falseAlarms()));
    result.detections().ifPresent(found -> root.add("detections", json(found)));
    return new GsonBuilder().setPrettyPrinting().create().toJson(root) + "\n";
  }

  private static JsonObject json(Comparison found) {
    JsonObject json = new JsonObject();
    json.addProperty("forks", found.candidateForks());
    json.addProperty("ratio", found.ratio());
    addInterval(json, found.interval());
    json.addProperty("p_value", found.pValue());
    json.addProperty("verdict", word(found.verdict()));
    return json;
  }

  private static JsonObject json(TrialRates rates) {
    JsonObject json = new JsonObject();
    json.addProperty("hits", rates.disjoint().hits());
    json.addProperty("trials", rates.disjoint().trials());
    addInterval(json, rates.disjoint().interval());
    add(json, "resampled_share", rates.resampled().share());
    return json;
  }

  private static void addInterval(JsonObject json, Interval interval) {
    add(json, "ci95_low", interval.low());
    add(json, "ci95_high", interval.high());
  }

  private static void add(JsonObject json, String name, double value) {
    if (!Double.isNaN(value)) {
      json.addProperty(name, value);
    }
  }
}
