package io.edgefrontier.track;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One cell of a run, as tracking sees it.
 *
 * @param key what makes it the same cell in another run: benchmark and parameters, such as {@code
 *     InferenceBenchmark.forward batchSize=1 model=resnet8 precision=int8 pruningLevel=0.5}
 * @param conditions what must be equal for a verdict on samples, by name: jdk, djl, libtorch,
 *     threads, affinity, blackhole, jmh (warm-up, iterations, times), archive; one that is not
 *     known is left out
 * @param samples of metrics of kind {@link Metric.Kind#SAMPLED}
 * @param exact figures of kind {@link Metric.Kind#EXACT}
 * @param answers {@link Answers#NONE} where accuracy is not known
 * @param error empty, or why the cell has no figures
 */
public record TrackedCell(
    String key,
    Map<String, String> conditions,
    Map<Metric, Sample> samples,
    Map<Metric, Long> exact,
    Answers answers,
    String error) {
  public TrackedCell {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a cell needs a key");
    }
    conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
    samples = copyOf(samples, Metric.Kind.SAMPLED);
    exact = copyOf(exact, Metric.Kind.EXACT);
  }

  private static <V> Map<Metric, V> copyOf(Map<Metric, V> given, Metric.Kind kind) {
    Map<Metric, V> copy = new EnumMap<>(Metric.class);
    copy.putAll(given);
    for (Metric metric : copy.keySet()) {
      if (metric.kind() != kind) {
        throw new IllegalArgumentException(
            "metric %s is %s, expected %s".formatted(metric.label(), metric.kind(), kind));
      }
    }
    return Collections.unmodifiableMap(copy);
  }

  /** Returns whether the cell failed, so that it has no figures. */
  public boolean isFailed() {
    return !error.isEmpty();
  }
}
