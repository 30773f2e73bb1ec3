package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that move values and compute none. */
public sealed interface Reshaping extends Op {

  /** Merges axes {@code startAxis} to {@code endAxis}. */
  record Flatten(int startAxis, int endAxis) implements Reshaping {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      int start = input.shape().axis(startAxis);
      int end = input.shape().axis(endAxis);
      if (end < start) {
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

  /**
   * Gives a value other dimensions, its elements staying in their row-major order.
   *
   * @param dims each at least 1, except at most one of -1, which takes what is left: the axis that
   *     holds the batch, or a multiple of it
   */
  record Reshape(List<Integer> dims) implements Reshaping {
    public Reshape {
      dims = List.copyOf(dims);
      if (dims.stream().anyMatch(dim -> dim < 1 && dim != -1)
          || dims.stream().filter(dim -> dim == -1).count() > 1) {
        throw new IllegalArgumentException(
            "a reshape has dimensions >= 1 and at most one -1, got " + dims);
      }
    }

    /** Gives each sample the shape {@code sample}; the batch stays first. */
    public static Reshape ofSample(Shape sample) {
      List<Integer> dims = new ArrayList<>(sample.dims());
      dims.add(0, -1);
      return new Reshape(dims);
    }

    /** Returns this reshape with dimension {@code axis} set to {@code size}. */
    public Reshape with(int axis, int size) {
      List<Integer> changed = new ArrayList<>(dims);
      changed.set(axis, size);
      return new Reshape(changed);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 0, Integer.MAX_VALUE);
      long elements = input.shape().elements();
      long known = 1;
      for (int dim : dims) {
        known = Math.multiplyExact(known, dim == -1 ? 1L : dim);
      }
      boolean open = dims.contains(-1);
      if (open ? elements % known != 0 : elements != known) {
        throw new IllegalArgumentException(
            "cannot reshape %s to %s".formatted(input.shape(), dims));
      }
      int left = Math.toIntExact(elements / known);
      return input.with(new Shape(dims.stream().map(dim -> dim == -1 ? left : dim).toList()));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /** Reorders the axes: axis {@code i} of the result is axis {@code axes[i]} of the input. */
  record Permute(List<Integer> axes) implements Reshaping {
    public Permute {
      axes = List.copyOf(axes);
      List<Integer> sorted = axes.stream().sorted().toList();
      if (!sorted.equals(IntStream.range(0, axes.size()).boxed().toList())) {
        throw new IllegalArgumentException("a permutation names each axis once, got " + axes);
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, axes.size(), axes.size());
      return input.with(new Shape(axes.stream().map(input.shape()::dim).toList()));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /** Puts an axis of size 1 before axis {@code axis}; the rank puts it at the end. */
  record Unsqueeze(int axis) implements Reshaping {
    public Unsqueeze {
      if (axis < 0) {
        throw new IllegalArgumentException("unsqueeze takes an axis >= 0, got " + axis);
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, axis, Integer.MAX_VALUE);
      List<Integer> dims = new ArrayList<>(input.shape().dims());
      dims.add(axis, 1);
      return input.with(new Shape(dims));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /** Takes axis {@code axis}, of size 1, away. */
  record Squeeze(int axis) implements Reshaping {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      if (input.shape().dim(axis) != 1) {
        throw new IllegalArgumentException(
            "squeeze takes an axis of size 1, got axis %d of %s".formatted(axis, input.shape()));
      }
      return input.with(Inference.without(input.shape(), axis));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /** Takes element {@code index} of axis {@code axis}, which goes away. */
  record Select(int axis, int index) implements Reshaping {
    public Select {
      if (index < 0) {
        throw new IllegalArgumentException("select takes an index >= 0, got " + index);
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      if (index >= input.shape().dim(axis)) {
        throw new IllegalArgumentException(
            "index %d is outside axis %d of %s".formatted(index, axis, input.shape()));
      }
      return input.with(Inference.without(input.shape(), axis));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /** Takes elements {@code start}, {@code start + step}, ... below {@code end} of an axis. */
  record Slice(int axis, int start, int end, int step) implements Reshaping {
    public Slice {
      if (start < 0 || end <= start || step < 1) {
        throw new IllegalArgumentException(
            "a slice needs 0 <= start < end and step >= 1, got %d:%d:%d"
                .formatted(start, end, step));
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      if (end > input.shape().dim(axis)) {
        throw new IllegalArgumentException(
            "slice %d:%d is outside axis %d of %s".formatted(start, end, axis, input.shape()));
      }
      return input.with(input.shape().with(axis, (end - start + step - 1) / step));
    }

    @Override
    public boolean isView() {
      return true;
    }
  }

  /**
   * Repeats axes of size 1 without copying.
   *
   * @param dims sizes of the result's last axes, those before being new; {@link #KEEP} keeps one,
   *     and {@link #BATCH} is the size of the first axis of a second input, which has the batch
   *     there
   */
  record Expand(List<Integer> dims) implements Reshaping {
    public static final int KEEP = -1;
    public static final int BATCH = 0;

    public Expand {
      dims = List.copyOf(dims);
      if (dims.stream().anyMatch(dim -> dim < KEEP)) {
        throw new IllegalArgumentException("an expansion has sizes >= 1, got " + dims);
      }
    }

    /** Returns whether the sizes need the batch of a second input. */
    public boolean needsBatch() {
      return dims.contains(BATCH);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      if (inputs.size() != (needsBatch() ? 2 : 1)) {
        throw new IllegalArgumentException(
            "Expand to %s takes %d inputs, got %d"
                .formatted(dims, needsBatch() ? 2 : 1, inputs.size()));
      }
      Shape from = inputs.get(0).shape();
      int fresh = dims.size() - from.rank();
      if (fresh < 0) {
        throw new IllegalArgumentException("cannot expand %s to %s".formatted(from, dims));
      }
      List<Integer> result = new ArrayList<>();
      for (int i = 0; i < dims.size(); i++) {
        int size = i < fresh ? 1 : from.dim(i - fresh);
        int wanted = dims.get(i) == BATCH ? inputs.get(1).shape().dim(0) : dims.get(i);
        if (wanted == KEEP && i >= fresh) {
          wanted = size;
        }
        if (wanted < 1 || (size != 1 && size != wanted)) {
          throw new IllegalArgumentException("cannot expand %s to %s".formatted(from, dims));
        }
        result.add(wanted);
      }
      return inputs.get(0).with(new Shape(result));
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
      TensorType result = Inference.concatenated(inputs, axis);
      if (result.dtype() == DType.QUINT8) { // each part has a mapping of its own
        throw new IllegalArgumentException("Concat takes plain values, got " + result);
      }
      return result;
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
