package io.edgefrontier.graph;

import java.util.List;

/** Element-wise operators over two tensors, with PyTorch's broadcasting. */
public sealed interface Arithmetic extends Op {

  /** {@code a + b}. */
  record Add() implements Arithmetic {}

  /** {@code a * b}. */
  record Mul() implements Arithmetic {}

  @Override
  default TensorType infer(List<TensorType> inputs) {
    return Inference.broadcast(this, inputs);
  }
}
