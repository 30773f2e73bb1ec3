package io.edgefrontier.sweep;

import io.edgefrontier.variant.Variant;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the variants before their latency is: it decides which cells need a precise one.
 *
 * @param accuracies share of correct answers, in [0, 1]; a variant that is not here may have any
 * @param rejected variants that exceed the memory budget
 */
public record Ranking(Map<Variant, Double> accuracies, Set<Variant> rejected) {
  /** Nothing is known, so that every cell needs a precise latency. */
  public static final Ranking UNKNOWN = new Ranking(Map.of(), Set.of());

  public Ranking {
    accuracies = Map.copyOf(accuracies);
    rejected = Set.copyOf(rejected);
  }
}
