package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;

/** Element-wise operators over two tensors, with PyTorch's broadcasting. */
public sealed interface Arithmetic extends Op {

  /** {@code a + b}. */
  record Add() implements Arithmetic {}

  /** {@code a * b}. */
  record Mul() implements Arithmetic {}

  @Override
  default TensorType infer(List<TensorType> inputs) {
    return broadcast(this, inputs);
  }

  /** Returns the common type of two inputs of the same element type. */
  static TensorType broadcast(Op op, List<TensorType> inputs) {
    String name = op.getClass().getSimpleName();
    if (inputs.size() != 2) {
      throw new IllegalArgumentException(name + " takes 2 inputs, got " + inputs.size());
    }
    TensorType a = inputs.get(0);
    TensorType b = inputs.get(1);
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(name + " of " + a + " and " + b + ": types differ");
    }
    int rank = Math.max(a.shape().rank(), b.shape().rank());
    List<Integer> dims = new ArrayList<>();
    for (int axis = -rank; axis < 0; axis++) {
      int da = -axis > a.shape().rank() ? 1 : a.shape().dim(axis);
      int db = -axis > b.shape().rank() ? 1 : b.shape().dim(axis);
      if (da != db && da != 1 && db != 1) {
        throw new IllegalArgumentException(
            "%s of shapes %s and %s: they do not broadcast".formatted(name, a.shape(), b.shape()));
      }
      dims.add(Math.max(da, db));
    }
    return a.with(new Shape(dims));
  }
}
