package io.edgefrontier.result;

/**
 * Resident memory of the measuring process, median over forks.
 *
 * @param peakMb high-water mark in MiB, JVM and engine included
 * @param modelMb growth in MiB from engine-ready to last inference
 * @param leakKbPer1k growth of native memory over 1000 further calls, in KiB
 */
public record ResidentMemory(double peakMb, double modelMb, double leakKbPer1k) {
  /** Nothing was measured. */
  public static final ResidentMemory ABSENT =
      new ResidentMemory(Double.NaN, Double.NaN, Double.NaN);
}
