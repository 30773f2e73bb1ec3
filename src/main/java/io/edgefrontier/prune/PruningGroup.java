package io.edgefrontier.prune;

import java.math.BigDecimal;
import java.math.RoundingMode;
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
   * Returns the channels that stay: {@code max(1, channels * (1 - level))}, rounded half to even.
   *
   * @param level share of channels removed, in [0, 1), meant as the decimal that it prints as
   */
  public int kept(double level) {
    return kept(channels, level);
  }

  /** Returns how many of {@code count} stay, as {@link #kept(double)}. */
  static int kept(int count, double level) {
    // In doubles 15 * (1 - 0.7) is just above 4.5 and would round up.
    BigDecimal share = BigDecimal.ONE.subtract(BigDecimal.valueOf(level));
    BigDecimal kept = share.multiply(BigDecimal.valueOf(count));
    return Math.max(1, kept.setScale(0, RoundingMode.HALF_EVEN).intValueExact());
  }
}
