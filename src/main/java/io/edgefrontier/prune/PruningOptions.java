package io.edgefrontier.prune;

import java.util.Set;

/**
 * How pruning chooses the channels that go.
 *
 * @param roundTo every layer of a group keeps a multiple of so many of the group's channels, or all
 *     of them; at least 1
 * @param global whether a level is the share of all channels that can go, ranked together, instead
 *     of the share of each group
 * @param excluded names of nodes with weights that stay as they are: channels that they make or
 *     read are not removed
 * @param seed of the random importance
 */
public record PruningOptions(
    Importance importance, int roundTo, boolean global, Set<String> excluded, long seed) {
  /** By L1 norm, the same share of each group. */
  public static final PruningOptions DEFAULT =
      new PruningOptions(Importance.L1, 1, false, Set.of(), 0);

  public PruningOptions {
    excluded = Set.copyOf(excluded);
    if (roundTo < 1) {
      throw new IllegalArgumentException("roundTo must be >= 1, got " + roundTo);
    }
  }
}
