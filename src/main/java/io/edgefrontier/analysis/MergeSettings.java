package io.edgefrontier.analysis;

import io.edgefrontier.variant.Variant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What turns figures into rows.
 *
 * @param powerWatts for modelled energy
 * @param latencyMultiplier every latency but the raw one is multiplied by it; models another clock
 * @param batchSizes asked for; empty means those that the JMH file has
 * @param threads engine threads asked for; empty likewise
 * @param leftOut variants of the manifest that were not to be measured and get no row
 */
public record MergeSettings(
    double powerWatts,
    double latencyMultiplier,
    MemoryBudgets budgets,
    List<Integer> batchSizes,
    List<Integer> threads,
    Set<Variant> leftOut) {
  public MergeSettings {
    batchSizes = List.copyOf(batchSizes);
    threads = List.copyOf(threads);
    leftOut = Set.copyOf(leftOut);
    check("power", powerWatts);
    check("latency multiplier", latencyMultiplier);
    check("batch sizes", batchSizes);
    check("threads", threads);
  }

  /** Returns settings that leave no variant out. */
  public MergeSettings(
      double powerWatts,
      double latencyMultiplier,
      MemoryBudgets budgets,
      List<Integer> batchSizes,
      List<Integer> threads) {
    this(powerWatts, latencyMultiplier, budgets, batchSizes, threads, Set.of());
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
