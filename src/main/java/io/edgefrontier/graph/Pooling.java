package io.edgefrontier.graph;

import java.util.List;
import java.util.Locale;

/** Operators that summarise neighbourhoods or axes. */
public sealed interface Pooling extends Op {

  /** Maximum over each window. */
  record MaxPool2d(Window window, boolean ceil) implements Pooling {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return pooled(this, inputs, window, ceil);
    }
  }

  /** Mean over each window of undilated kernel. */
  record AvgPool2d(Window window, boolean ceil, boolean countPadding) implements Pooling {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return pooled(this, inputs, window, ceil);
    }
  }

  /** Mean over height x width cells, so many as {@code out} says. */
  record AdaptiveAvgPool2d(Size2d out) implements Pooling {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 4, 4);
      return input.with(input.shape().with(2, out.h()).with(3, out.w()));
    }
  }

  /** Mean over {@code axes}: at least one, each once. */
  record Mean(List<Integer> axes, boolean keepDims) implements Pooling {
    public Mean {
      axes = List.copyOf(axes);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.reduced(this, inputs, axes, keepDims);
    }
  }

  /** Another summary of {@code axes} of a floating-point value: at least one axis, each once. */
  record Reduce(Kind kind, List<Integer> axes, boolean keepDims) implements Pooling {
    /** The summaries, named as in PyTorch. */
    public enum Kind {
      SUM,
      AMAX,
      AMIN;

      /** Returns the name in PyTorch, such as {@code amax}. */
      public String torchName() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public Reduce {
      axes = List.copyOf(axes);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.requireFloat(this, Inference.reduced(this, inputs, axes, keepDims));
    }
  }

  /** Index of the largest value of an axis, of equal ones any; int64. */
  record ArgMax(int axis, boolean keepDims) implements Pooling {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType result = Inference.reduced(this, inputs, List.of(axis), keepDims);
      return new TensorType(DType.INT64, Inference.requireFloat(this, result).shape());
    }
  }

  /**
   * Resamples height and width to {@code out}.
   *
   * @param alignCorners for bilinear: whether the centres of the corners coincide
   */
  record Resize(Mode mode, Size2d out, boolean alignCorners) implements Pooling {
    /** How values between samples are found. */
    public enum Mode {
      NEAREST,
      BILINEAR
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.requireFloat(this, Inference.only(this, inputs, 4, 4));
      return input.with(input.shape().with(2, out.h()).with(3, out.w()));
    }
  }

  private static TensorType pooled(Op op, List<TensorType> inputs, Window window, boolean ceil) {
    TensorType input = Inference.only(op, inputs, 4, 4);
    Size2d out = window.positions(input.shape().dim(2), input.shape().dim(3), ceil);
    return input.with(input.shape().with(2, out.h()).with(3, out.w()));
  }
}
