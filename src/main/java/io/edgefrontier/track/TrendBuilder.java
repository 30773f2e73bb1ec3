package io.edgefrontier.track;

import io.edgefrontier.analysis.ChangePoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Makes the trend of one metric of one cell out of its figures. */
final class TrendBuilder {
  private final List<TrackedRun> runs;
  private final String key;
  private final Metric metric;
  private final List<History.Figure> figures;
  private final List<TrendPoint> points = new ArrayList<>();

  /**
   * @param runs in the order of time
   * @param figures in the order of time, at least one
   */
  TrendBuilder(List<TrackedRun> runs, String key, Metric metric, List<History.Figure> figures) {
    this.runs = runs;
    this.key = key;
    this.metric = metric;
    this.figures = figures;
  }

  Trend build() {
    Map<Map<String, String>, List<Integer>> segments = new LinkedHashMap<>();
    for (int i = 0; i < figures.size(); i++) {
      History.Figure figure = figures.get(i);
      List<Integer> segment =
          segments.computeIfAbsent(figure.conditions(), same -> new ArrayList<>());
      int number = segment.isEmpty() ? segments.size() : points.get(segment.get(0)).segment();
      segment.add(i);
      TrackedRun run = runs.get(figure.run());
      points.add(
          new TrendPoint(
              run.time(),
              run.commit(),
              run.name(),
              figure.value(),
              figure.isPaired(),
              number,
              false));
    }
    Map<Integer, TrendChange> changes = new TreeMap<>();
    segments.values().forEach(segment -> changes.putAll(changes(segment)));
    List<Integer> newest = segments.get(figures.get(figures.size() - 1).conditions());
    return new Trend(
        key,
        metric,
        points,
        List.copyOf(changes.values()),
        conditionChanges(),
        gaps(),
        metric.kind() == Metric.Kind.EXACT ? "" : ChangePoints.whyNone(newest.size()));
  }

  /** Returns the changes within a segment, by the place of the first point after each. */
  private Map<Integer, TrendChange> changes(List<Integer> segment) {
    List<Integer> starts = starts(segment);
    starts.forEach(
        start -> points.set(segment.get(start), points.get(segment.get(start)).changed()));
    List<Double> levels = Trend.levels(segment.stream().map(points::get).toList());
    Map<Integer, TrendChange> changes = new HashMap<>();
    for (int i = 0; i < starts.size(); i++) {
      int before = segment.get(starts.get(i) - 1);
      int after = segment.get(starts.get(i));
      double relative = levels.get(i + 1) / levels.get(i) - 1;
      changes.put(
          after,
          new TrendChange(
              points.get(before),
              points.get(after),
              commitsBetween(figures.get(before).run(), figures.get(after).run()),
              relative,
              (relative > 0) == metric.smallerIsBetter()));
    }
    return changes;
  }

  private List<Integer> starts(List<Integer> segment) {
    double[] values = segment.stream().mapToDouble(i -> figures.get(i).value()).toArray();
    if (metric.kind() == Metric.Kind.EXACT) {
      return IntStream.range(1, values.length)
          .filter(i -> values[i] != values[i - 1])
          .boxed()
          .toList();
    }
    return ChangePoints.of(values).stream().map(ChangePoints.ChangePoint::index).toList();
  }

  /** Returns the commits of the runs between two, but for those two's own. */
  private List<String> commitsBetween(int before, int after) {
    Set<String> ends = Set.copyOf(List.of(runs.get(before).commit(), runs.get(after).commit()));
    return runs.subList(before + 1, after).stream()
        .map(TrackedRun::commit)
        .filter(commit -> !commit.isEmpty() && !ends.contains(commit))
        .distinct()
        .toList();
  }

  private List<String> conditionChanges() {
    List<String> changes = new ArrayList<>();
    for (int i = 1; i < figures.size(); i++) {
      Map<String, String> before = figures.get(i - 1).conditions();
      Map<String, String> after = figures.get(i).conditions();
      if (!before.equals(after)) {
        changes.add(
            "conditions changed at %s (%s): %s"
                .formatted(points.get(i).place(), points.get(i).run(), difference(before, after)));
      }
    }
    return changes;
  }

  private static String difference(Map<String, String> before, Map<String, String> after) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    StringJoiner differences = new StringJoiner("; ");
    for (String name : names) {
      String was = before.getOrDefault(name, "");
      String is = after.getOrDefault(name, "");
      if (!was.equals(is)) {
        differences.add("%s '%s' before, '%s' now".formatted(name, was, is));
      }
    }
    return differences.toString();
  }

  private List<String> gaps() {
    Set<Integer> measured = new HashSet<>();
    figures.forEach(figure -> measured.add(figure.run()));
    return IntStream.range(figures.get(0).run(), runs.size())
        .filter(run -> !measured.contains(run))
        .mapToObj(run -> runs.get(run).name())
        .toList();
  }
}
