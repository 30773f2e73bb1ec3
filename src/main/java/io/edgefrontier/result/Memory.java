package io.edgefrontier.result;

/**
 * Memory in MiB (2^20 bytes).
 *
 * @param modelMb parameters and buffers as stored
 * @param peakActivationMb largest sum of live activations, from the graph
 * @param resident of the process that measured
 */
public record Memory(double modelMb, double peakActivationMb, ResidentMemory resident) {
  /** Nothing is known. */
  public static final Memory ABSENT = new Memory(Double.NaN, Double.NaN, ResidentMemory.ABSENT);

  /** Returns model plus peak activations. */
  public double runtimeMb() {
    return modelMb + peakActivationMb;
  }
}
