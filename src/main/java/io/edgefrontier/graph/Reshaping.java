package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that move values and compute none. */
public sealed interface Reshaping extends Op {

  /** Merges axes {@code startAxis} to {@code endAxis}; never the batch. */
  record Flatten(int startAxis, int endAxis) implements Reshaping {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 2, Integer.MAX_VALUE);
      int start = input.shape().axis(startAxis);
      int end = input.shape().axis(endAxis);
      if (start < 1 || end < start) {
        throw new IllegalArgumentException(
            "%s does not fit shape %s".formatted(this, input.shape()));
      }
      List<Integer> dims = new ArrayList<>(input.shape().dims().subList(0, start));
      int merged = 1;
      for (int axis = start; axis <= end; axis++) {
        merged = Math.multiplyExact(merged, input.shape().dim(axis));
      }
      dims.add(merged);
      dims.addAll(input.shape().dims().subList(end + 1, input.shape().rank()));
      return input.with(new Shape(dims));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /** Gives each sample the shape {@code sample}; the batch stays. */
  record Reshape(Shape sample) implements Reshaping {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      Shape result = sample.batched(input.shape().dim(0));
      if (result.elements() != input.shape().elements()) {
        throw new IllegalArgumentException(
            "cannot reshape %s to %s".formatted(input.shape(), result));
      }
      return input.with(result);
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /**
   * Reorders the axes, the batch staying first: axis {@code i} of the result is axis {@code
   * axes[i]} of the input.
   */
  record Permute(List<Integer> axes) implements Reshaping {
    public Permute {
      axes = List.copyOf(axes);
      List<Integer> sorted = axes.stream().sorted().toList();
      if (axes.isEmpty()
          || axes.get(0) != 0
          || !sorted.equals(IntStream.range(0, axes.size()).boxed().toList())) {
        throw new IllegalArgumentException(
            "a permutation names each axis once and keeps the batch first, got " + axes);
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input =
          Inference.requireFloat(this, Inference.only(this, inputs, axes.size(), axes.size()));
      return input.with(new Shape(axes.stream().map(input.shape()::dim).toList()));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /**
   * Takes elements {@code start} to {@code end} (exclusive) of axis {@code axis}, which is not the
   * batch.
   */
  record Slice(int axis, int start, int end) implements Reshaping {
    public Slice {
      if (axis < 1 || start < 0 || end <= start) {
        throw new IllegalArgumentException(
            "a slice needs an axis behind the batch and 0 <= start < end, got %d:%d of axis %d"
                .formatted(start, end, axis));
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input =
          Inference.requireFloat(this, Inference.only(this, inputs, 2, Integer.MAX_VALUE));
      if (end > input.shape().dim(axis)) {
        throw new IllegalArgumentException(
            "slice %d:%d is outside axis %d of %s".formatted(start, end, axis, input.shape()));
      }
      return input.with(input.shape().with(axis, end - start));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /** Joins its inputs along axis {@code axis}, in order. */
  record Concat(int axis) implements Reshaping {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return Inference.requireFloat(this, Inference.concatenated(inputs, axis));
    }
  }

  /** Puts {@code value} around height and width; the counts may not be negative. */
  record Pad(int left, int right, int top, int bottom, double value) implements Reshaping {
    public Pad {
      if (left < 0 || right < 0 || top < 0 || bottom < 0) {
        throw new IllegalArgumentException("padding must be >= 0");
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.requireFloat(this, Inference.only(this, inputs, 4, 4));
      Shape shape = input.shape();
      int height = Math.addExact(shape.dim(2), Math.addExact(top, bottom));
      int width = Math.addExact(shape.dim(3), Math.addExact(left, right));
      return input.with(shape.with(2, height).with(3, width));
    }
  }
}
