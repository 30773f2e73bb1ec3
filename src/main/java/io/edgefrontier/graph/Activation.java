package io.edgefrontier.graph;

import java.util.List;
import java.util.Locale;

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

  /** A function without parameters. */
  record Pointwise(Function function) implements Activation {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.requireFloat(this, Inference.only(this, inputs, 0, Integer.MAX_VALUE));
    }
  }

  /** The functions that {@link Pointwise} applies, named as in PyTorch. */
  enum Function {
    SIGMOID,
    TANH,
    /** {@code x * sigmoid(x)}. */
    SILU,
    /** {@code x * min(max(x + 3, 0), 6) / 6}. */
    HARDSWISH,
    /** {@code min(max(x + 3, 0), 6) / 6}. */
    HARDSIGMOID,
    /** {@code x * Phi(x)}, Phi being the normal distribution. */
    GELU,
    /** {@code x * tanh(softplus(x))}. */
    MISH,
    /** {@code log(1 + exp(x))}. */
    SOFTPLUS,
    EXP,
    ABS,
    NEG;

    /** Returns the name in PyTorch, such as {@code hardswish}. */
    public String torchName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@code x > 0 ? x : slope * x}. */
  record LeakyRelu(double slope) implements Activation {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.requireFloat(this, Inference.only(this, inputs, 1, Integer.MAX_VALUE));
    }
  }

  /**
   * {@code x > 0 ? scale * x : scale * alpha * (exp(inputScale * x) - 1)}: ELU, and SELU and CELU
   * with other constants.
   */
  record Elu(double alpha, double scale, double inputScale) implements Activation {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.requireFloat(this, Inference.only(this, inputs, 1, Integer.MAX_VALUE));
    }
  }

  /** Softmax over axis {@code axis}. */
  record Softmax(int axis) implements Activation {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.overAxis(this, inputs, axis);
    }
  }

  /** Logarithm of the softmax over axis {@code axis}. */
  record LogSoftmax(int axis) implements Activation {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.overAxis(this, inputs, axis);
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
