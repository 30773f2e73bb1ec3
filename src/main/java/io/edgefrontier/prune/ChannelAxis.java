package io.edgefrontier.prune;

import io.edgefrontier.graph.Shape;
import java.util.Arrays;
import java.util.Optional;
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
   * Follows a reshape.
   *
   * @param from shape before
   * @param to shape after
   * @return empty if no axis of {@code to} separates the channels
   */
  Optional<ChannelAxis> reshaped(Shape from, Shape to) {
    int[] owner = owners(from);
    for (int candidate = 1; candidate < to.rank(); candidate++) {
      int stride = to.strides().get(candidate);
      int size = to.dim(candidate);
      int[] found = new int[size];
      for (int i = 0; i < size; i++) {
        found[i] = owner[i * stride];
      }
      if (IntStream.range(0, owner.length).allMatch(i -> owner[i] == found[i / stride % size])) {
        return Optional.of(new ChannelAxis(candidate, found));
      }
    }
    return Optional.empty();
  }

  /**
   * Ties channels so that a reshape can be followed that spreads them over several axes, as before
   * a channel shuffle: those which share an index of the axis that keeps the most sets apart.
   *
   * @return whether two sets at least remain; if not, nothing is tied
   */
  boolean tieForReshape(Shape from, Shape to, ChannelTies ties) {
    int[] owner = owners(from);
    int most = 1;
    int best = -1;
    for (int candidate = 1; candidate < to.rank(); candidate++) {
      ChannelTies trial = new ChannelTies();
      trial.create(Arrays.stream(channels).max().orElse(0) + 1);
      tie(owner, to, candidate, trial);
      int sets = (int) Arrays.stream(trial.roots(channels)).distinct().count();
      if (sets > most) {
        most = sets;
        best = candidate;
      }
    }
    if (best > 0) {
      tie(owner, to, best, ties);
    }
    return best > 0;
  }

  /** Ties the channels that share an index of an axis of {@code to}. */
  private static void tie(int[] owner, Shape to, int axis, ChannelTies ties) {
    int stride = to.strides().get(axis);
    int size = to.dim(axis);
    for (int i = 0; i < owner.length; i++) {
      ties.tie(owner[i / stride % size * stride], owner[i]);
    }
  }

  /** Returns the channel of every element of a value of shape {@code shape}. */
  private int[] owners(Shape shape) {
    int stride = shape.strides().get(axis);
    int[] owner = new int[Math.toIntExact(shape.elements())];
    Arrays.setAll(owner, i -> channels[i / stride % channels.length]);
    return owner;
  }
}
