package io.edgefrontier.prune;

import java.util.List;

/**
 * A pruning group with the sets of tied channels that it consists of.
 *
 * @param sets oldest first
 */
record GroupMembers(PruningGroup group, List<ChannelSet> sets) {
  /**
   * Channels that only go together.
   *
   * @param id the set in {@link ChannelTies}
   * @param sizes how many channels of each layer of the group it holds, in the layers' order
   */
  record ChannelSet(int id, List<Integer> sizes) {
    ChannelSet {
      sizes = List.copyOf(sizes);
    }
  }

  GroupMembers {
    sets = List.copyOf(sets);
  }

  /**
   * Returns how many of {@code ranked} stay so that every layer keeps a multiple of {@code roundTo}
   * of the group's channels.
   *
   * @param ranked the sets, those that stay longest first
   * @param least how many stay at least
   * @return the smallest such number from {@code least} on; all if there is none
   */
  static int rounded(List<ChannelSet> ranked, int least, int roundTo) {
    long[] channels = new long[ranked.get(0).sizes().size()];
    for (int kept = 1; kept < ranked.size(); kept++) {
      boolean aligned = true;
      for (int layer = 0; layer < channels.length; layer++) {
        channels[layer] += ranked.get(kept - 1).sizes().get(layer);
        aligned &= channels[layer] % roundTo == 0;
      }
      if (kept >= least && aligned) {
        return kept;
      }
    }
    return ranked.size();
  }
}
