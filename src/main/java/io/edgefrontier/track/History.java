package io.edgefrontier.track;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Orders runs by time and follows each metric of each cell through them.
 *
 * <p>Points with the same conditions form a segment, and change points are looked for within a
 * segment only: a new JDK is no change of the program. Another archive is one. Runs without a
 * figure for the cell, failed or not, are gaps.
 */
public final class History {
  private static final String ARCHIVE = "archive";

  private final List<TrackedRun> runs;

  private History(Collection<TrackedRun> runs) {
    this.runs =
        runs.stream()
            .sorted(Comparator.comparing(TrackedRun::time).thenComparing(TrackedRun::name))
            .toList();
  }

  /**
   * A cell's figure in one run.
   *
   * @param run its place in the order of time
   */
  record Figure(int run, double value, boolean isPaired, Map<String, String> conditions) {}

  /**
   * Returns the trends of all cells whose key passes, those with changes of the program first, then
   * by key and metric.
   *
   * @param runs in any order
   */
  public static List<Trend> of(
      Collection<TrackedRun> runs, Set<Metric> metrics, Predicate<String> keys) {
    return new History(runs).trends(metrics, keys);
  }

  private List<Trend> trends(Set<Metric> metrics, Predicate<String> keys) {
    Map<String, Map<Integer, TrackedCell>> cells = new TreeMap<>();
    for (int run = 0; run < runs.size(); run++) {
      for (TrackedCell cell : runs.get(run).cells()) {
        if (keys.test(cell.key())) {
          cells.computeIfAbsent(cell.key(), key -> new LinkedHashMap<>()).put(run, cell);
        }
      }
    }
    Map<Boolean, List<Trend>> byChange = new TreeMap<>(Comparator.reverseOrder());
    cells.forEach(
        (key, ofRuns) -> {
          List<Trend> trends = new ArrayList<>();
          for (Metric metric : Metric.values()) {
            List<Figure> figures = metrics.contains(metric) ? figures(ofRuns, metric) : List.of();
            if (!figures.isEmpty()) {
              trends.add(new TrendBuilder(runs, key, metric, figures).build());
            }
          }
          boolean changed = trends.stream().anyMatch(trend -> !trend.changes().isEmpty());
          byChange.computeIfAbsent(changed, same -> new ArrayList<>()).addAll(trends);
        });
    return byChange.values().stream().flatMap(List::stream).toList();
  }

  private List<Figure> figures(Map<Integer, TrackedCell> cells, Metric metric) {
    List<Figure> figures = new ArrayList<>();
    cells.forEach(
        (run, cell) -> {
          OptionalDouble value = cell.isFailed() ? OptionalDouble.empty() : value(cell, metric);
          if (value.isPresent()) {
            boolean paired =
                metric.kind() == Metric.Kind.SAMPLED && cell.samples().get(metric).isPaired();
            figures.add(
                new Figure(run, value.getAsDouble(), paired, conditions(run, cell, metric)));
          }
        });
    return figures;
  }

  private static OptionalDouble value(TrackedCell cell, Metric metric) {
    return switch (metric.kind()) {
      case SAMPLED -> {
        Sample sample = cell.samples().get(metric);
        yield sample == null ? OptionalDouble.empty() : OptionalDouble.of(typical(sample));
      }
      case EXACT -> {
        Long figure = cell.exact().get(metric);
        yield figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure);
      }
      case ACCURACY ->
          cell.answers().isPresent()
              ? OptionalDouble.of(cell.answers().accuracy())
              : OptionalDouble.empty();
    };
  }

  private static double typical(Sample sample) {
    return sample.isPaired() ? Sample.of(sample.ratios()).typical() : sample.typical();
  }

  private Map<String, String> conditions(int run, TrackedCell cell, Metric metric) {
    return switch (metric.kind()) {
      case SAMPLED -> {
        Map<String, String> conditions = new TreeMap<>(cell.conditions());
        conditions.remove(ARCHIVE);
        conditions.put("machine", runs.get(run).machineId());
        conditions.put("basis", cell.samples().get(metric).isPaired() ? "ratio" : "raw");
        yield conditions;
      }
      case EXACT -> Map.of();
      case ACCURACY -> Map.of("validation samples", cell.answers().fingerprint());
    };
  }
}
