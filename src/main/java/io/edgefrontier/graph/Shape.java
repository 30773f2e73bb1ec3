package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Dimensions of a tensor; an empty list is a scalar.
 *
 * @param dims each at least 1
 */
public record Shape(List<Integer> dims) {
  public Shape {
    dims = List.copyOf(dims);
    for (int dim : dims) {
      if (dim < 1) {
        throw new IllegalArgumentException("dimensions must be >= 1, got " + dims);
      }
    }
  }

  /** Returns the shape with these dimensions. */
  public static Shape of(int... dims) {
    List<Integer> list = new ArrayList<>(dims.length);
    for (int dim : dims) {
      list.add(dim);
    }
    return new Shape(list);
  }

  /**
   * Parses dimensions separated by a comma or an x: {@code "1,28,28"} or {@code "1x28x28"}.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static Shape parse(String text) {
    try {
      List<Integer> dims = new ArrayList<>();
      for (String part : text.strip().split("[,x]", -1)) {
        dims.add(Integer.parseInt(part.strip()));
      }
      return new Shape(dims);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a shape; expected dimensions such as 1,28,28", e);
    }
  }

  public int rank() {
    return dims.size();
  }

  /** Returns dimension {@code axis}; negative axes count from the end, as in PyTorch. */
  public int dim(int axis) {
    return dims.get(axis(axis));
  }

  /**
   * Returns {@code axis} as an index in [0, rank).
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    int index = axis < 0 ? axis + rank() : axis;
    if (index < 0 || index >= rank()) {
      throw new IllegalArgumentException("axis " + axis + " is outside shape " + this);
    }
    return index;
  }

  /** Returns the number of elements. */
  public long elements() {
    long product = 1;
    for (int dim : dims) {
      product = Math.multiplyExact(product, (long) dim);
    }
    return product;
  }

  /** Returns this shape with dimension {@code axis} set to {@code size}. */
  public Shape with(int axis, int size) {
    List<Integer> changed = new ArrayList<>(dims);
    changed.set(axis(axis), size);
    return new Shape(changed);
  }

  /** Returns this shape with a batch dimension of {@code batch} put in front. */
  public Shape batched(int batch) {
    List<Integer> changed = new ArrayList<>(dims);
    changed.add(0, batch);
    return new Shape(changed);
  }

  /** Returns this shape without its first dimension, the batch. */
  public Shape sample() {
    return new Shape(dims.subList(1, rank()));
  }

  /**
   * Returns the row-major strides, in elements.
   *
   * @throws ArithmeticException if one is more than an int can count
   */
  public List<Integer> strides() {
    List<Integer> strides = new ArrayList<>();
    int stride = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      strides.add(stride);
      stride = axis == 0 ? stride : Math.multiplyExact(stride, dims.get(axis));
    }
    Collections.reverse(strides);
    return strides;
  }

  /** Returns the dimensions joined by x, such as {@code 1x28x28}. */
  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
