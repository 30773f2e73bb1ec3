package io.edgefrontier.prune;

import io.edgefrontier.graph.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Where the channels of a value lie: index {@code i} of axis {@code axis} belongs to channel {@code
 * channels[i]}. A channel may own several indices, as after a flatten.
 */
final class ChannelAxis {
  /** A value without an axis along which anything can be removed. */
  static final ChannelAxis NONE = new ChannelAxis(-1, new int[0]);

  private final int axis;
  private final int[] channels;

  ChannelAxis(int axis, int[] channels) {
    this.axis = axis;
    this.channels = channels;
  }

  int axis() {
    return axis;
  }

  int[] channels() {
    return channels;
  }

  /** Returns the same channels on another axis. */
  ChannelAxis on(int newAxis) {
    return new ChannelAxis(newAxis, channels);
  }

  /**
   * Follows a reshape. Where no axis of the result separates the channels, as in the first view of
   * a channel shuffle, those that share an index of an axis are tied, along the axis that keeps
   * most of them apart.
   *
   * @param from shape before
   * @param to shape after
   * @param follows whether an axis of {@code to} may carry the channels
   * @param ties in which channels are tied
   * @return empty if every axis of {@code to} would tie all channels
   */
  Optional<ChannelAxis> reshaped(Shape from, Shape to, IntPredicate follows, ChannelTies ties) {
    int[] owners = owners(from);
    Split best = null;
    for (int candidate : IntStream.range(1, to.rank()).filter(follows).toArray()) {
      Split split = Split.of(owners, ties.roots(channels), to, candidate);
      if (best == null || split.sets() > best.sets()) {
        best = split;
      }
    }
    boolean apart = best != null && (best.sets() > 1 || distinct(ties.roots(channels)) == 1);
    return apart ? Optional.of(best.tied(channels, ties)) : Optional.empty();
  }

  /** Returns for each element of a value the index of its channel in {@code channels}. */
  private int[] owners(Shape shape) {
    int stride = shape.strides().get(axis);
    int[] owners = new int[Math.toIntExact(shape.elements())];
    Arrays.setAll(owners, i -> i / stride % channels.length);
    return owners;
  }

  private static int distinct(int[] values) {
    return (int) Arrays.stream(values).distinct().count();
  }

  /** What becomes of channels if only whole indices of one axis can go. */
  private static final class Split {
    private final int axis;
    private final int[] first; // of each index of the axis, the index of one of its channels
    private final ChannelTies ties; // of indices of channels
    private final int sets;

    private Split(int axis, int[] first, ChannelTies ties, int sets) {
      this.axis = axis;
      this.first = first;
      this.ties = ties;
      this.sets = sets;
    }

    /** Returns how many sets of channels are left. */
    int sets() {
      return sets;
    }

    /**
     * Tries an axis.
     *
     * @param owners for each element, row-major, the index of its channel in {@code roots}
     * @param roots the set of each channel
     */
    static Split of(int[] owners, int[] roots, Shape shape, int axis) {
      ChannelTies ties = new ChannelTies();
      int[] indices = ties.create(roots.length);
      Map<Integer, Integer> oldest = new HashMap<>();
      for (int i : indices) {
        ties.tie(i, oldest.computeIfAbsent(roots[i], root -> i));
      }
      int stride = shape.strides().get(axis);
      int[] first = new int[shape.dim(axis)];
      Arrays.fill(first, -1);
      for (int element = 0; element < owners.length; element++) {
        int index = element / stride % first.length;
        if (first[index] < 0) {
          first[index] = owners[element];
        } else if (first[index] != owners[element]) {
          ties.tie(first[index], owners[element]);
        }
      }
      return new Split(axis, first, ties, distinct(ties.roots(indices)));
    }

    /** Ties the channels in earnest. */
    ChannelAxis tied(int[] channels, ChannelTies all) {
      for (int i = 0; i < channels.length; i++) {
        all.tie(channels[i], channels[ties.find(i)]);
      }
      return new ChannelAxis(axis, Arrays.stream(first).map(i -> channels[i]).toArray());
    }
  }
}
