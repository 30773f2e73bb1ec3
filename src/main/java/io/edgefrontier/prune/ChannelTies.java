package io.edgefrontier.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Disjoint sets of channels. Channels in one set are removed together or not at all; a frozen set
 * stays, and knows the first reason. A set is called by its oldest channel.
 */
final class ChannelTies {
  private final List<Integer> parents = new ArrayList<>();
  private final List<Optional<String>> frozen = new ArrayList<>();

  /** Returns {@code count} new channels, each in a set of its own. */
  int[] create(int count) {
    int[] channels = new int[count];
    for (int i = 0; i < count; i++) {
      channels[i] = parents.size();
      parents.add(channels[i]);
      frozen.add(Optional.empty());
    }
    return channels;
  }

  /** Returns the oldest channel in the set of {@code channel}. */
  int find(int channel) {
    int root = channel;
    while (parents.get(root) != root) {
      root = parents.get(root);
    }
    parents.set(channel, root);
    return root;
  }

  /** Merges the sets of {@code a} and {@code b}. */
  void tie(int a, int b) {
    int older = Math.min(find(a), find(b));
    int younger = Math.max(find(a), find(b));
    parents.set(younger, older);
    frozen.set(older, frozen.get(older).or(() -> frozen.get(younger)));
  }

  /** Merges the sets of channels at the same index. */
  void tie(int[] a, int[] b) {
    if (a.length != b.length) {
      throw new IllegalStateException(a.length + " channels cannot be tied to " + b.length);
    }
    for (int i = 0; i < a.length; i++) {
      tie(a[i], b[i]);
    }
  }

  /** Says that the sets of {@code channels} stay, for a reason that a reader understands. */
  void freeze(int[] channels, String reason) {
    for (int channel : channels) {
      int set = find(channel);
      frozen.set(set, frozen.get(set).or(() -> Optional.of(reason)));
    }
  }

  boolean isFrozen(int channel) {
    return frozenBecause(channel).isPresent();
  }

  /** Returns why {@code channel} stays; empty if it may go. */
  Optional<String> frozenBecause(int channel) {
    return frozen.get(find(channel));
  }

  /** Returns the sets of {@code channels}, one entry per channel. */
  int[] roots(int[] channels) {
    return Arrays.stream(channels).map(this::find).toArray();
  }
}
