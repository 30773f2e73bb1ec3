package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;

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
