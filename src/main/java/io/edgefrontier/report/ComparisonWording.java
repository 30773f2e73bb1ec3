package io.edgefrontier.report;

import io.edgefrontier.track.Basis;
import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.Metric;
import io.edgefrontier.track.MetricVerdict;
import io.edgefrontier.track.RunComparison;
import io.edgefrontier.track.TrackedRun;
import io.edgefrontier.track.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Sentences about a comparison. */
final class ComparisonWording {
  static final String LEGEND =
      "Ratio: candidate to baseline, above 1 is worse whatever the metric; [ ] 95 % interval;"
          + " p: adjusted by Holm over the metric's cells; finds: the smallest slow-down that so"
          + " many forks of this spread show in 80 % of runs; - absent.";

  private static final int SHORT_COMMIT = 8;
  private static final int NAME = 120;

  private ComparisonWording() {}

  /** Returns a run's name, and its commit and machine as far as they are known. */
  static String run(TrackedRun run) {
    String commit = run.commit();
    StringJoiner facts = new StringJoiner(", ", " (", ")").setEmptyValue("");
    if (!commit.isEmpty()) {
      facts.add(
          "commit "
              + ChangeText.clip(commit.substring(0, Math.min(SHORT_COMMIT, commit.length())), 12));
    }
    if (!run.machineId().isEmpty()) {
      facts.add("machine " + ChangeText.clip(run.machineId(), NAME));
    }
    return ChangeText.clip(run.name(), NAME) + facts;
  }

  /** Returns such as {@code 2 regressed, 30 unchanged}. */
  static String counts(RunComparison comparison) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    Change.inOrder(comparison).forEach(change -> counts.merge(change.verdict(), 1L, Long::sum));
    StringJoiner text = new StringJoiner(", ");
    counts.forEach((verdict, count) -> text.add(count + " " + word(verdict)));
    return counts.isEmpty() ? "nothing to compare" : text.toString();
  }

  private static String word(Verdict verdict) {
    return verdict.label().replace('_', ' ');
  }

  /** Returns a sentence per metric: how its cells fared, what was compared, what is unchanged. */
  static List<String> metrics(RunComparison comparison, Deltas deltas) {
    Map<Metric, List<MetricVerdict>> byMetric = new EnumMap<>(Metric.class);
    comparison
        .metrics()
        .forEach(
            verdict ->
                byMetric.computeIfAbsent(verdict.metric(), same -> new ArrayList<>()).add(verdict));
    List<String> sentences = new ArrayList<>();
    byMetric.forEach((metric, verdicts) -> sentences.add(sentence(metric, verdicts, deltas)));
    return sentences;
  }

  private static String sentence(Metric metric, List<MetricVerdict> verdicts, Deltas deltas) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    verdicts.forEach(verdict -> counts.merge(verdict.verdict(), 1L, Long::sum));
    StringJoiner text = new StringJoiner(", ", metric.label() + ": ", ". ");
    counts.forEach((verdict, count) -> text.add(count + " " + word(verdict)));
    return text
        + switch (metric.kind()) {
          case EXACT -> "Compared exactly: any change counts.";
          case ACCURACY ->
              "Compared sample by sample (exact McNemar); unchanged: within %s of the samples."
                  .formatted(ChangeText.share(deltas.relative().get(metric)));
          case SAMPLED -> sampled(metric, verdicts, deltas);
        };
  }

  private static String sampled(Metric metric, List<MetricVerdict> verdicts, Deltas deltas) {
    List<MetricVerdict> compared =
        verdicts.stream().filter(verdict -> verdict.effect().basis() != Basis.NONE).toList();
    if (compared.isEmpty()) {
      return "None could be compared.";
    }
    return "%s. Unchanged: within %s%s. %s"
        .formatted(
            basis(compared),
            ChangeText.share(deltas.relative().get(metric)),
            floor(metric, deltas),
            detectable(compared));
  }

  private static String basis(List<MetricVerdict> compared) {
    long paired =
        compared.stream().filter(verdict -> verdict.effect().basis() == Basis.RATIO).count();
    if (paired == compared.size()) {
      return "Compared by ratios to the paired reference";
    }
    return paired == 0
        ? "Compared by raw fork values, without a paired reference"
        : "%s compared by ratios to the paired reference, %s by raw fork values"
            .formatted(paired, compared.size() - paired);
  }

  private static String floor(Metric metric, Deltas deltas) {
    double floor = deltas.floors().get(metric);
    return floor > 0
        ? " or %s %s".formatted(Numbers.significant(floor, 2), metric.unit()).stripTrailing()
        : "";
  }

  private static String detectable(List<MetricVerdict> compared) {
    double[] shares =
        compared.stream()
            .mapToDouble(verdict -> verdict.effect().detectable())
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    String forks = "With " + forks(compared);
    if (shares.length == 0) {
      return forks + " forks a side no change can be shown: measure more forks.";
    }
    String found =
        "%s forks a side, a slow-down is found in 80 %% of runs from %s (median cell) or %s (worst)"
            .formatted(
                forks,
                ChangeText.share(shares[(shares.length - 1) / 2]),
                ChangeText.share(shares[shares.length - 1]));
    int blind = compared.size() - shares.length;
    return blind == 0 ? found + "." : found + "; in %s cells none can be.".formatted(blind);
  }

  private static String forks(List<MetricVerdict> compared) {
    int[] forks =
        compared.stream()
            .map(MetricVerdict::effect)
            .flatMapToInt(
                effect ->
                    Arrays.stream(new int[] {effect.baselineForks(), effect.candidateForks()}))
            .sorted()
            .toArray();
    int fewest = forks[0];
    int most = forks[forks.length - 1];
    return fewest == most ? String.valueOf(fewest) : fewest + " to " + most;
  }
}
