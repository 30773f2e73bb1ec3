package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * A layer for which a kernel is chosen, with what follows it and could be fused in.
 *
 * @param layer a Conv2d or Linear
 * @param input type of its input for the batch that the choice is for
 * @param sum whether its result is only added to a value that is dead afterwards
 * @param then activation of the result or the sum, which nothing else reads
 */
public record LayerSite(Layer layer, TensorType input, boolean sum, Optional<Activation> then) {
  /** Returns the element type of weights and values. */
  public DType dtype() {
    return input.dtype();
  }

  /** Returns the multiply-accumulates of one call. */
  public long macs() {
    return layer.macs(List.of(input));
  }
}
