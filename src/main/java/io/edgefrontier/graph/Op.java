package io.edgefrontier.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An operator, with everything that belongs to it except its inputs: immutable, equal by content.
 *
 * <p>Semantics and argument meanings are those of the PyTorch function of the same name in
 * evaluation mode. The batch may be any axis of a value, or a factor of it, as after a permutation;
 * an operator does not know which.
 */
public sealed interface Op
    permits Layer,
        Activation,
        Pooling,
        Arithmetic,
        Reshaping,
        Conversion,
        Quantized,
        Prepacked,
        Attention,
        Constant,
        Opaque {

  /**
   * Returns the type of the result.
   *
   * @param inputs as many as the operator takes
   * @throws IllegalArgumentException if the operator does not accept {@code inputs}; the message
   *     says what it found and expected
   * @throws ArithmeticException if a dimension of the result is more than an int can count
   */
  TensorType infer(List<TensorType> inputs);

  /** Returns the multiply-accumulates of one application; 0 for operators that have none. */
  default long macs(List<TensorType> inputs) {
    return 0;
  }

  /** Returns what reports call it, such as Conv2d. */
  default String reportName() {
    return getClass().getSimpleName();
  }

  /** Returns the tensors that the operator keeps, in the order in which an archive stores them. */
  default List<StoredTensor> stored() {
    return List.of();
  }

  /** Returns this operator with every stored tensor replaced by what {@code change} makes of it. */
  default Op withStored(UnaryOperator<Tensor> change) {
    return this;
  }

  /**
   * Returns whether the result shares its input's storage, so that it takes no memory of its own.
   */
  default boolean isView() {
    return false;
  }
}
