package io.edgefrontier.engine;

/**
 * How to train.
 *
 * @param epochs passes over the training samples, at least 1
 * @param batchSize samples per step, at least 1; a network with batch norm needs 2
 * @param learningRate of the first step; it falls along a cosine and is almost 0 in the last
 * @param seed of the order of the samples and of their shifts
 */
public record TrainingOptions(int epochs, int batchSize, float learningRate, long seed) {
  public TrainingOptions {
    if (epochs < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "epochs and batch size must be >= 1, got " + epochs + " and " + batchSize);
    }
    if (!(learningRate > 0 && learningRate < Float.POSITIVE_INFINITY)) { // also rejects NaN
      throw new IllegalArgumentException("learning rate must be > 0, got " + learningRate);
    }
  }
}
