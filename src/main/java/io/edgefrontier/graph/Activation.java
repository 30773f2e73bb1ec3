package io.edgefrontier.graph;

import java.util.List;

/** Operators that map each value, or each row, by itself. */
public sealed interface Activation extends Op {

  @Override
  default TensorType infer(List<TensorType> inputs) {
    return Inference.only(this, inputs, 1, Integer.MAX_VALUE);
  }

  /** {@code max(x, 0)}. */
  record Relu() implements Activation {}

  /** {@code min(max(x, low), high)}: hardtanh, and relu6 with 0 and 6. */
  record Clamp(double low, double high) implements Activation {
    public Clamp {
      if (!(low < high)) {
        throw new IllegalArgumentException("clamp needs low < high, got " + low + " and " + high);
      }
    }
  }

  /** Softmax over axis {@code axis}, which is not the batch. */
  record Softmax(int axis) implements Activation {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 2, Integer.MAX_VALUE);
      if (input.shape().axis(axis) < 1) {
        throw new IllegalArgumentException("softmax over the batch dimension is not supported");
      }
      return Inference.requireFloat(this, input);
    }
  }

  /** Dropout in evaluation mode: the identity. */
  record Dropout() implements Activation {
    @Override
    public boolean isView() {
      return true;
    }
  }
}
