package io.edgefrontier.lower;

import io.edgefrontier.graph.QuantParams;

/**
 * Watches one activation over the calibration batches and chooses its quint8 mapping, whose range
 * always includes 0. Its memory does not grow with the number of values.
 */
public interface ActivationObserver {

  /**
   * Takes in one batch of values; how values are split into batches does not change the mapping.
   *
   * @throws IllegalArgumentException if a value is NaN or infinite
   */
  void observe(float[] values);

  /**
   * Returns the mapping for what was observed.
   *
   * @throws IllegalStateException if nothing was
   */
  QuantParams params();
}
