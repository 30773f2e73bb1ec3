package io.edgefrontier.prepare;

import io.edgefrontier.lower.Lowering;

/**
 * How the engine's operators are chosen that compute the variants.
 *
 * @param batch samples per call that they are chosen for; any other runs as well
 * @param threads that the engine will compute with
 */
public record LoweringRequest(Lowering lowering, int batch, int threads) {
  public LoweringRequest {
    if (batch < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "batch and threads must be >= 1, got %d and %d".formatted(batch, threads));
    }
  }

  /** Returns a request for single samples and one thread. */
  public static LoweringRequest of(Lowering lowering) {
    return new LoweringRequest(lowering, 1, 1);
  }
}
