package io.edgefrontier.graph;

import java.util.List;

/** Operators over one or two floating-point tensors, with PyTorch's broadcasting. */
public sealed interface Arithmetic extends Op {

  /** {@code a + b}. */
  record Add() implements Arithmetic {}

  /** {@code max(a + b, 0)} of float32 in one pass. */
  record AddRelu() implements Arithmetic {}

  /** {@code a - b}. */
  record Sub() implements Arithmetic {}

  /** {@code a * b}. */
  record Mul() implements Arithmetic {}

  /** {@code a / b}. */
  record Div() implements Arithmetic {}

  /** The larger of {@code a} and {@code b}. */
  record Maximum() implements Arithmetic {}

  /** The smaller of {@code a} and {@code b}. */
  record Minimum() implements Arithmetic {}

  /** One tensor and a number, such as {@code x * 0.5}. */
  record WithScalar(Kind kind, double value) implements Arithmetic {
    /** What is done with tensor x and number v. */
    public enum Kind {
      /** x + v. */
      ADD,
      /** v - x. */
      SUBTRACT_FROM,
      /** x * v. */
      MULTIPLY,
      /** x / v. */
      DIVIDE
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.requireFloat(this, Inference.only(this, inputs, 0, Integer.MAX_VALUE));
    }
  }

  /**
   * Matrix product of the last two axes; the axes before them broadcast. A side with one axis
   * counts as a row on the left and a column on the right, and loses that axis again.
   */
  record MatMul() implements Arithmetic {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.requireFloat(this, Inference.product(this, inputs));
    }

    @Override
    public long macs(List<TensorType> inputs) {
      return Math.multiplyExact(
          infer(inputs).shape().elements(), (long) inputs.get(0).shape().dim(-1));
    }
  }

  @Override
  default TensorType infer(List<TensorType> inputs) {
    return Inference.requireFloat(this, Inference.broadcast(this, inputs));
  }
}
