package io.edgefrontier.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What one fork measured, reduced.
 *
 * @param score what forks of one cell and kind are compared by: a latency fork's ratio to the
 *     reference or, without one, its median in ms; JMH's score of the others
 * @param unit of the score; empty for a ratio
 * @param named figures by their name in the journal, such as {@code median_ms}
 */
record ForkFigures(double score, String unit, SortedMap<String, Double> named) {
  private static final String REFERENCE = "reference";
  private static final String RATIO = "latency_ratio";

  /** Names in the journal of what benchmarks report once per fork. */
  private static final Map<String, String> JOURNAL_NAMES =
      Map.of(
          "load", "load_ms",
          "first", "first_ms",
          "rss.peak", "rss_peak_mib",
          "rss.model", "rss_model_mib",
          "rss.growth", "rss_growth_kib_per_1k");

  /**
   * Reduces a fork's result.
   *
   * @param paired whether it should have timed the reference, too
   * @throws IllegalArgumentException if there is no time in it
   */
  static ForkFigures of(ForkKind kind, RunResult result, boolean paired) {
    SortedMap<String, Double> named = secondary(result);
    double score =
        switch (kind) {
          case LATENCY -> latency(result, paired, named);
          case COLD_START -> medianMs(result, named);
          case THROUGHPUT, ENERGY, OPEN_LOOP -> result.getPrimaryResult().getScore();
        };
    if (!(score > 0 && Double.isFinite(score))) {
      throw new IllegalArgumentException(
          "the fork measured %s, expected a figure above 0".formatted(score));
    }
    boolean ratio = named.containsKey(RATIO);
    String unit = ratio ? "" : result.getPrimaryResult().getScoreUnit();
    return new ForkFigures(score, unit, named);
  }

  private static SortedMap<String, Double> secondary(RunResult result) {
    SortedMap<String, Double> named = new TreeMap<>();
    result
        .getSecondaryResults()
        .forEach(
            (name, metric) -> {
              if (isPerFork(name)) {
                named.put(JOURNAL_NAMES.getOrDefault(name, name), metric.getScore());
              }
            });
    named.values().removeIf(value -> !Double.isFinite(value));
    return named;
  }

  // The others stand in the fork's own file, with a value per iteration.
  private static boolean isPerFork(String name) {
    return !PooledMetric.isDerived(name) && !name.equals(REFERENCE) && !name.startsWith("window.");
  }

  private static double latency(RunResult result, boolean paired, SortedMap<String, Double> named) {
    double median = medianMs(result, named);
    if (!paired) {
      return median;
    }
    List<Double> ratios = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        Collection<?> found = iteration.getRawSecondaryResults().get(REFERENCE);
        if (found != null && !found.isEmpty()) {
          double reference = ((Result<?>) found.iterator().next()).getScore();
          double candidate = iteration.getPrimaryResult().getStatistics().getPercentile(50);
          ratios.add(candidate / reference);
          references.add(reference);
        }
      }
    }
    if (ratios.isEmpty()) {
      throw new IllegalArgumentException("the fork timed no reference beside the variant");
    }
    named.put("reference_ms", median(references));
    named.put(RATIO, median(ratios));
    return median(ratios);
  }

  private static double medianMs(RunResult result, SortedMap<String, Double> named) {
    double median = result.getPrimaryResult().getStatistics().getPercentile(50);
    named.put("median_ms", median);
    return median;
  }

  private static double median(List<Double> values) {
    ListStatistics statistics = new ListStatistics();
    values.forEach(statistics::addValue);
    return statistics.getPercentile(50);
  }
}
