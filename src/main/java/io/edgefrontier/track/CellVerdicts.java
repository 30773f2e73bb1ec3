package io.edgefrontier.track;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Gathers what two cells have in common, metric by metric, and judges each metric over all cells.
 */
final class CellVerdicts {
  private final ConditionCheck conditions;
  private final Deltas deltas;
  // Worked out at last and by all processors, since the intervals of many cells take seconds.
  private final Map<Metric, List<Supplier<SampledPair>>> sampled = new EnumMap<>(Metric.class);
  private final List<AccuracyRule.Pair> answered = new ArrayList<>();
  private final Map<String, Map<Metric, MetricVerdict>> verdicts = new LinkedHashMap<>();

  CellVerdicts(ConditionCheck conditions, Deltas deltas) {
    this.conditions = conditions;
    this.deltas = deltas;
  }

  /** Takes in a cell that has figures on both sides. */
  void compare(TrackedCell baseline, TrackedCell candidate) {
    Map<Metric, MetricVerdict> ofCell = new EnumMap<>(Metric.class);
    verdicts.put(candidate.key(), ofCell);
    String difference = conditions.difference(baseline, candidate);
    for (Metric metric : Metric.values()) {
      double before = typical(baseline, metric);
      double after = typical(candidate, metric);
      if (Double.isNaN(before) && Double.isNaN(after)) {
        continue;
      }
      if (Double.isNaN(before) || Double.isNaN(after)) {
        Verdict verdict = Double.isNaN(before) ? Verdict.NEW : Verdict.MISSING;
        add(new MetricVerdict(candidate.key(), metric, verdict, before, after, Effect.NONE, ""));
      } else if (metric.kind() == Metric.Kind.SAMPLED && !difference.isEmpty()) {
        addNotComparable(metric, baseline, candidate, difference);
      } else {
        compare(metric, baseline, candidate);
      }
    }
  }

  private void compare(Metric metric, TrackedCell baseline, TrackedCell candidate) {
    String key = candidate.key();
    switch (metric.kind()) {
      case SAMPLED -> compareSamples(metric, baseline, candidate);
      case EXACT ->
          add(
              ExactRule.judge(
                  key, metric, baseline.exact().get(metric), candidate.exact().get(metric)));
      case ACCURACY ->
          answered.add(new AccuracyRule.Pair(key, baseline.answers(), candidate.answers()));
    }
  }

  private void compareSamples(Metric metric, TrackedCell baseline, TrackedCell candidate) {
    Sample before = baseline.samples().get(metric);
    Sample after = candidate.samples().get(metric);
    Basis basis = SampledPair.basis(before, after);
    if (basis == Basis.NONE) {
      addNotComparable(metric, baseline, candidate, SampledPair.note(before, after));
    } else {
      sampled
          .computeIfAbsent(metric, same -> new ArrayList<>())
          .add(() -> SampledPair.of(candidate.key(), metric, basis, before, after));
    }
  }

  private void addNotComparable(
      Metric metric, TrackedCell baseline, TrackedCell candidate, String reason) {
    add(
        new MetricVerdict(
            candidate.key(),
            metric,
            Verdict.NOT_COMPARABLE,
            typical(baseline, metric),
            typical(candidate, metric),
            Effect.NONE,
            reason));
  }

  private static double typical(TrackedCell cell, Metric metric) {
    return switch (metric.kind()) {
      case SAMPLED ->
          cell.samples().containsKey(metric) ? cell.samples().get(metric).typical() : Double.NaN;
      case EXACT -> cell.exact().containsKey(metric) ? cell.exact().get(metric) : Double.NaN;
      case ACCURACY -> cell.answers().accuracy();
    };
  }

  /** Returns for each cell the verdicts in the order of the metrics. */
  Map<String, List<MetricVerdict>> judge() {
    SampledRule rule = new SampledRule(deltas);
    for (List<Supplier<SampledPair>> pairs : sampled.values()) {
      rule.judge(pairs.parallelStream().map(Supplier::get).toList()).forEach(this::add);
    }
    new AccuracyRule(deltas).judge(answered).forEach(this::add);
    Map<String, List<MetricVerdict>> judged = new LinkedHashMap<>();
    verdicts.forEach((key, metrics) -> judged.put(key, List.copyOf(metrics.values())));
    return judged;
  }

  private void add(MetricVerdict verdict) {
    verdicts.get(verdict.key()).put(verdict.metric(), verdict);
  }
}
