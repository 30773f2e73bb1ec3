package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

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

  /** Mean over {@code axes}: at least one, each once, none of them the batch. */
  record Mean(List<Integer> axes, boolean keepDims) implements Pooling {
    public Mean {
      axes = List.copyOf(axes);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 2, Integer.MAX_VALUE);
      List<Integer> removed = new ArrayList<>();
      for (int axis : axes) {
        removed.add(input.shape().axis(axis));
      }
      if (removed.isEmpty() || new HashSet<>(removed).size() < removed.size()) {
        throw new IllegalArgumentException(
            "mean is over one or more different axes, got %s of shape %s"
                .formatted(axes, input.shape()));
      }
      if (removed.contains(0)) {
        throw new IllegalArgumentException("mean over the batch dimension is not supported");
      }
      removed.sort(Collections.reverseOrder());
      List<Integer> dims = new ArrayList<>(input.shape().dims());
      for (int axis : removed) {
        if (keepDims) {
          dims.set(axis, 1);
        } else {
          dims.remove(axis);
        }
      }
      return input.with(new Shape(dims));
    }
  }

  private static TensorType pooled(Op op, List<TensorType> inputs, Window window, boolean ceil) {
    TensorType input = Inference.only(op, inputs, 4, 4);
    Size2d out = window.positions(input.shape().dim(2), input.shape().dim(3), ceil);
    return input.with(input.shape().with(2, out.h()).with(3, out.w()));
  }
}
