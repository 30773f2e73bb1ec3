package io.edgefrontier.result;

import io.edgefrontier.variant.Archive;

/**
 * Memory in MiB (2^20 bytes).
 *
 * @param modelMb parameters and buffers as stored
 * @param peakActivationMb largest sum of live activations, from the graph
 * @param resident of the process that measured
 */
public record Memory(double modelMb, double peakActivationMb, ResidentMemory resident) {
  private static final double BYTES_PER_MB = 1 << 20;

  /** Nothing is known. */
  public static final Memory ABSENT = new Memory(Double.NaN, Double.NaN, ResidentMemory.ABSENT);

  /** Returns what an archive needs for a batch, beside what a process was measured to hold. */
  public static Memory of(Archive archive, int batchSize, ResidentMemory resident) {
    return new Memory(
        archive.modelBytes() / BYTES_PER_MB,
        archive.peakActivationBytes().isPresent()
            ? (double) archive.peakActivationBytes().getAsLong() * batchSize / BYTES_PER_MB
            : Double.NaN,
        resident);
  }

  /** Returns model plus peak activations. */
  public double runtimeMb() {
    return modelMb + peakActivationMb;
  }
}
