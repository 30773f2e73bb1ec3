package io.edgefrontier.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
 * @param score what forks of one cell are compared by, the smaller the better: a latency fork's
 *     ratio to the reference or, without one, its median in ms; the time of a call elsewhere
 * @param named figures by their name in the journal, such as {@code median_ms}
 */
record ForkFigures(double score, SortedMap<String, Double> named) {
  private static final String REFERENCE = "reference";

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
    OptionalDouble score =
        switch (kind) {
          case LATENCY -> latency(result, paired, named);
          case COLD_START, ENERGY -> medianMs(result, named);
          case THROUGHPUT -> callMs(result, named);
          case OPEN_LOOP -> responseMs(named);
        };
    if (score.isEmpty() || !(score.getAsDouble() > 0)) {
      throw new IllegalArgumentException("the fork ended without a measured time");
    }
    return new ForkFigures(score.getAsDouble(), named);
  }

  private static SortedMap<String, Double> secondary(RunResult result) {
    SortedMap<String, Double> named = new TreeMap<>();
    result
        .getSecondaryResults()
        .forEach(
            (name, metric) -> {
              if (!PooledMetric.isDerived(name) && !name.equals(REFERENCE)) {
                named.put(JOURNAL_NAMES.getOrDefault(name, name), metric.getScore());
              }
            });
    named.values().removeIf(value -> !Double.isFinite(value));
    return named;
  }

  private static OptionalDouble latency(
      RunResult result, boolean paired, SortedMap<String, Double> named) {
    OptionalDouble median = medianMs(result, named);
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
    named.put("latency_ratio", median(ratios));
    return OptionalDouble.of(median(ratios));
  }

  private static OptionalDouble medianMs(RunResult result, SortedMap<String, Double> named) {
    double median = result.getPrimaryResult().getStatistics().getPercentile(50);
    named.put("median_ms", median);
    return OptionalDouble.of(median);
  }

  private static OptionalDouble callMs(RunResult result, SortedMap<String, Double> named) {
    double callsPerMs = result.getPrimaryResult().getStatistics().getPercentile(50);
    named.put("calls_per_ms", callsPerMs);
    return OptionalDouble.of(1 / callsPerMs);
  }

  private static OptionalDouble responseMs(SortedMap<String, Double> named) {
    Double median = named.get("response.p50");
    return median == null ? OptionalDouble.empty() : OptionalDouble.of(median);
  }

  private static double median(List<Double> values) {
    ListStatistics statistics = new ListStatistics();
    values.forEach(statistics::addValue);
    return statistics.getPercentile(50);
  }
}
