package io.edgefrontier.graph;

import java.util.List;

/**
 * Element-wise operators over two floating-point tensors of one rank, with PyTorch's broadcasting.
 *
 * <p>Every value has the batch as its first axis. PyTorch aligns shapes at their last axis, so that
 * in values of different rank the batch of one would meet another axis of the other.
 */
public sealed interface Arithmetic extends Op {

  /** {@code a + b}. */
  record Add() implements Arithmetic {}

  /** {@code a * b}. */
  record Mul() implements Arithmetic {}

  @Override
  default TensorType infer(List<TensorType> inputs) {
    return Inference.requireFloat(this, Inference.broadcast(this, inputs));
  }
}
