package io.edgefrontier.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A stored tensor as a value, without inputs and the same for every batch, such as a position
 * embedding.
 *
 * @param trained whether it counts as a parameter
 */
public record Constant(Tensor tensor, boolean trained) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    if (!inputs.isEmpty()) {
      throw new IllegalArgumentException("Constant takes no inputs, got " + inputs);
    }
    return tensor.type();
  }

  @Override
  public List<StoredTensor> stored() {
    return List.of(new StoredTensor("value", tensor, trained));
  }

  @Override
  public Constant withStored(UnaryOperator<Tensor> change) {
    return new Constant(change.apply(tensor), trained);
  }
}
