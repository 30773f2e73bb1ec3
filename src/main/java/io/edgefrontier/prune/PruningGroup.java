package io.edgefrontier.prune;

import java.util.List;

/**
 * Channels of which any can be removed, if it goes from all of {@code layers} at once.
 *
 * @param layers names of the convolutions and linear layers that make these channels, in graph
 *     order
 * @param channels how many there are; where a grouped convolution ties channels, the number of
 *     bundles that can go separately
 */
public record PruningGroup(List<String> layers, int channels) {
  public PruningGroup {
    layers = List.copyOf(layers);
  }

  /**
   * Returns the channels that stay: {@code max(1, rint(channels * (1 - level)))}, half to even.
   *
   * @param level share of channels removed, in [0, 1)
   */
  public int kept(double level) {
    return Math.max(1, (int) Math.rint(channels * (1 - level)));
  }
}
