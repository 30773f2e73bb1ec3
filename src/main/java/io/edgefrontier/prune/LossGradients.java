package io.edgefrontier.prune;

import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Source of the gradients that {@link Importance#TAYLOR} needs. */
public interface LossGradients {

  /**
   * Runs the network forward and backward on labelled samples.
   *
   * @param batch told of each batch: for a stored tensor of the network, by identity, the gradient
   *     of the batch's mean loss, row-major
   * @throws IOException if there are no samples, or one cannot be read
   */
  void forEachBatch(Consumer<Function<Tensor, float[]>> batch) throws IOException;
}
