package io.edgefrontier.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Disjoint sets of channels. Channels in one set are removed together or not at all; a frozen set
 * stays. A set is called by its oldest channel.
 */
final class ChannelTies {
  private final List<Integer> parents = new ArrayList<>();
  private final List<Boolean> frozen = new ArrayList<>();

  /** Returns {@code count} new channels, each in a set of its own. */
  int[] create(int count) {
    int[] channels = new int[count];
    for (int i = 0; i < count; i++) {
      channels[i] = parents.size();
      parents.add(channels[i]);
      frozen.add(false);
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
    frozen.set(older, frozen.get(older) || frozen.get(younger));
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

  void freeze(int[] channels) {
    for (int channel : channels) {
      frozen.set(find(channel), true);
    }
  }

  boolean isFrozen(int channel) {
    return frozen.get(find(channel));
  }

  /** Returns the sets of {@code channels}, one entry per channel. */
  int[] roots(int[] channels) {
    return Arrays.stream(channels).map(this::find).toArray();
  }
}
