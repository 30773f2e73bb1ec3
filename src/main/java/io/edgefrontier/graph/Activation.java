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

  /** Softmax over axis {@code axis}. */
  record Softmax(int axis) implements Activation {}

  /** Dropout in evaluation mode: the identity. */
  record Dropout() implements Activation {
    @Override
    public boolean isView() {
      return true;
    }
  }
}
