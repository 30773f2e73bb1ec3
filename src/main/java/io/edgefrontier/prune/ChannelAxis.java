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
   * @param from shape before, one sample with a batch dimension of 1
   * @param to shape after
   * @return empty if no axis of {@code to} separates the channels
   */
  Optional<ChannelAxis> reshaped(Shape from, Shape to) {
    int stride = from.strides().get(axis);
    int[] owner = new int[Math.toIntExact(from.elements())];
    Arrays.setAll(owner, i -> channels[i / stride % channels.length]);
    for (int candidate = 1; candidate < to.rank(); candidate++) {
      int candidateStride = to.strides().get(candidate);
      int size = to.dim(candidate);
      int[] found = new int[size];
      for (int i = 0; i < size; i++) {
        found[i] = owner[i * candidateStride];
      }
      if (IntStream.range(0, owner.length)
          .allMatch(i -> owner[i] == found[i / candidateStride % size])) {
        return Optional.of(new ChannelAxis(candidate, found));
      }
    }
    return Optional.empty();
  }
}
