package io.edgefrontier.engine;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/** One forward call on an input that is already in native memory: what a benchmark times. */
public final class BoundCall {
  private final Block block;
  private final ParameterStore parameters;
  private final NDList input;

  BoundCall(Block block, ParameterStore parameters, NDList input) {
    this.block = block;
    this.parameters = parameters;
    this.input = input;
  }

  /**
   * Runs the call and frees its result's native memory, as a careful user's code would.
   *
   * <p>The engine's CPU kernels have finished when forward returns, so nothing has to be copied out
   * to wait for them.
   *
   * @return the number of outputs, so that the caller has something to consume
   */
  public int run() {
    try (NDList output = block.forward(parameters, input, false)) {
      return output.size();
    }
  }
}
