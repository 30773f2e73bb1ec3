package io.edgefrontier.result;

import io.edgefrontier.variant.Variant;

/**
 * What one row of a sweep measures: a variant at one batch size and engine thread count.
 *
 * @param batchSize samples per forward call, at least 1
 * @param threads engine threads, at least 1
 */
public record Cell(Variant variant, int batchSize, int threads) {
  public Cell {
    if (batchSize < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "batch size and threads must be >= 1, got " + batchSize + " and " + threads);
    }
  }
}
