package io.edgefrontier.analysis;

import java.util.HashSet;
import java.util.List;

/**
 * What turns figures into rows.
 *
 * @param powerWatts for modelled energy
 * @param latencyMultiplier every latency but the raw one is multiplied by it; models another clock
 * @param batchSizes asked for; empty means those that the JMH file has
 * @param threads engine threads asked for; empty likewise
 */
public record MergeSettings(
    double powerWatts,
    double latencyMultiplier,
    MemoryBudgets budgets,
    List<Integer> batchSizes,
    List<Integer> threads) {
  public MergeSettings {
    batchSizes = List.copyOf(batchSizes);
    threads = List.copyOf(threads);
    check("power", powerWatts);
    check("latency multiplier", latencyMultiplier);
    check("batch sizes", batchSizes);
    check("threads", threads);
  }

  private static void check(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) { // also rejects NaN
      throw new IllegalArgumentException(
          "%s must be finite and > 0, got %s".formatted(what, value));
    }
  }

  private static void check(String what, List<Integer> values) {
    if (new HashSet<>(values).size() != values.size() || values.stream().anyMatch(v -> v < 1)) {
      throw new IllegalArgumentException(
          "%s must be >= 1 and not repeat, got %s".formatted(what, values));
    }
  }
}
