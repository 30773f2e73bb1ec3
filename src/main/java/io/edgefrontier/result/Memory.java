package io.edgefrontier.result;

/**
 * Memory in MiB (2^20 bytes).
 *
 * @param modelMb parameters and buffers as stored
 * @param peakActivationMb largest sum of live activations, from the graph
 * @param peakRssMb high-water mark of the fork
 * @param modelRssMb growth of the fork's resident set from engine-ready to last inference
 */
public record Memory(double modelMb, double peakActivationMb, double peakRssMb, double modelRssMb) {
  /** Nothing is known. */
  public static final Memory ABSENT = new Memory(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Returns model plus peak activations. */
  public double runtimeMb() {
    return modelMb + peakActivationMb;
  }
}
