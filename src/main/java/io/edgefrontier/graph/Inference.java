package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The checks and computations that several operators share when they infer their result. */
final class Inference {
  private Inference() {}

  /** Returns the only input; the error names the operator otherwise. */
  private static TensorType only(Op op, List<TensorType> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          op.getClass().getSimpleName() + " takes 1 input, got " + inputs.size());
    }
    return inputs.get(0);
  }

  /** Returns the only input after checking its rank. */
  static TensorType only(Op op, List<TensorType> inputs, int minRank, int maxRank) {
    TensorType input = only(op, inputs);
    int rank = input.shape().rank();
    if (rank < minRank || rank > maxRank) {
      throw new IllegalArgumentException(
          "%s takes %s dimensions, got shape %s"
              .formatted(
                  op.getClass().getSimpleName(),
                  minRank == maxRank ? String.valueOf(minRank) : minRank + " or more",
                  input.shape()));
    }
    return input;
  }

  /** Returns {@code input} if it is of a floating-point type. */
  static TensorType requireFloat(Op op, TensorType input) {
    if (!input.dtype().isFloat()) {
      throw new IllegalArgumentException(
          op.getClass().getSimpleName() + " takes a floating-point type, got " + input);
    }
    return input;
  }

  /** Checks that the input and all tensors of a layer are of one floating-point type. */
  static void requireOneFloat(Layer layer, TensorType input) {
    requireFloat(layer, input);
    for (StoredTensor stored : layer.stored()) {
      if (stored.tensor().dtype() != input.dtype()) {
        throw new IllegalArgumentException(
            "%s computes in one type, got input %s and %s %s"
                .formatted(
                    layer.getClass().getSimpleName(),
                    input,
                    stored.role(),
                    stored.tensor().type()));
      }
    }
  }

  /** Returns {@code input} if it is quantized. */
  static TensorType requireQuantized(Op op, TensorType input) {
    if (input.dtype() != DType.QUINT8) {
      throw new IllegalArgumentException(
          op.getClass().getSimpleName() + " takes QUINT8, got " + input);
    }
    return input;
  }

  /** Checks weight and bias of a convolution against its window and groups. */
  static void requireConvShapes(Shape weight, Optional<Tensor> bias, Window window, int groups) {
    if (weight.rank() != 4) {
      throw new IllegalArgumentException("a conv2d weight has 4 dimensions, got " + weight);
    }
    requireShape(
        "conv2d kernel",
        Shape.of(weight.dim(2), weight.dim(3)),
        Shape.of(window.kernel().h(), window.kernel().w()));
    if (groups < 1 || weight.dim(0) % groups != 0) {
      throw new IllegalArgumentException(
          "groups must be >= 1 and divide %d output channels, got %d"
              .formatted(weight.dim(0), groups));
    }
    bias.ifPresent(b -> requireShape("conv2d bias", b.shape(), Shape.of(weight.dim(0))));
  }

  /** Checks weight and bias of a transposed convolution against its window and groups. */
  static void requireTransposedShapes(
      Shape weight, Optional<Tensor> bias, Window window, int groups) {
    if (weight.rank() != 4) {
      throw new IllegalArgumentException(
          "a transposed convolution's weight has 4 dimensions, got " + weight);
    }
    requireShape(
        "transposed kernel",
        Shape.of(weight.dim(2), weight.dim(3)),
        Shape.of(window.kernel().h(), window.kernel().w()));
    if (groups < 1 || weight.dim(0) % groups != 0) {
      throw new IllegalArgumentException(
          "groups must be >= 1 and divide %d input channels, got %d"
              .formatted(weight.dim(0), groups));
    }
    bias.ifPresent(
        b -> requireShape("transposed bias", b.shape(), Shape.of(weight.dim(1) * groups)));
  }

  /** Returns the result type of a transposed convolution. */
  static TensorType transposedType(Layer.ConvTranspose2d op, TensorType input) {
    if (input.shape().dim(1) != op.inChannels()) {
      throw new IllegalArgumentException(
          "ConvTranspose2d takes %d channels, got input %s"
              .formatted(op.inChannels(), input.shape()));
    }
    Window w = op.window();
    int height =
        grown(
            input.shape().dim(2),
            w.kernel().h(),
            w.stride().h(),
            w.padding().h(),
            w.dilation().h(),
            op.outputPadding().h());
    int width =
        grown(
            input.shape().dim(3),
            w.kernel().w(),
            w.stride().w(),
            w.padding().w(),
            w.dilation().w(),
            op.outputPadding().w());
    return input.with(Shape.of(input.shape().dim(0), op.outChannels(), height, width));
  }

  private static int grown(int in, int kernel, int stride, int padding, int dilation, int extra) {
    return Math.toIntExact(
        (in - 1L) * stride - 2L * padding + (long) dilation * (kernel - 1) + extra + 1);
  }

  /** Checks weight and bias of a linear layer. */
  static void requireLinearShapes(Shape weight, Optional<Tensor> bias) {
    if (weight.rank() != 2) {
      throw new IllegalArgumentException("a linear weight has 2 dimensions, got " + weight);
    }
    bias.ifPresent(b -> requireShape("linear bias", b.shape(), Shape.of(weight.dim(0))));
  }

  static void requireShape(String what, Shape found, Shape expected) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "%s has shape %s, expected %s".formatted(what, found, expected));
    }
  }

  /** Returns the result type of a convolution, float or quantized. */
  static TensorType convType(
      Op op, List<TensorType> inputs, Shape weight, Window window, int groups) {
    TensorType input = only(op, inputs, 4, 4);
    Shape shape = input.shape();
    int channels = Math.multiplyExact(weight.dim(1), groups);
    if (shape.dim(1) != channels) {
      throw new IllegalArgumentException(
          "%s of weight %s in %d groups takes %d channels, got input %s"
              .formatted(op.getClass().getSimpleName(), weight, groups, channels, shape));
    }
    Size2d out = window.positions(shape.dim(2), shape.dim(3), false);
    return input.with(Shape.of(shape.dim(0), weight.dim(0), out.h(), out.w()));
  }

  /** Returns the multiply-accumulates of a convolution that makes {@code output}. */
  static long convMacs(TensorType output, Shape weight) {
    long perElement = weight.elements() / weight.dim(0);
    return Math.multiplyExact(output.shape().elements(), perElement);
  }

  /** Returns the result type of a linear layer, float or quantized. */
  static TensorType linearType(Op op, List<TensorType> inputs, Shape weight) {
    TensorType input = only(op, inputs, 2, Integer.MAX_VALUE);
    if (input.shape().dim(-1) != weight.dim(1)) {
      throw new IllegalArgumentException(
          "%s of weight %s takes %d features, got input %s"
              .formatted(op.getClass().getSimpleName(), weight, weight.dim(1), input.shape()));
    }
    return input.with(input.shape().with(-1, weight.dim(0)));
  }

  /** Returns the common type of two inputs of the same element type, aligned at the last axis. */
  static TensorType broadcast(Op op, List<TensorType> inputs) {
    String name = op.getClass().getSimpleName();
    if (inputs.size() != 2) {
      throw new IllegalArgumentException(name + " takes 2 inputs, got " + inputs.size());
    }
    TensorType a = inputs.get(0);
    TensorType b = inputs.get(1);
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(name + " of " + a + " and " + b + ": types differ");
    }
    return a.with(broadcast(name, a.shape(), b.shape()));
  }

  private static Shape broadcast(String name, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    List<Integer> dims = new ArrayList<>();
    for (int axis = -rank; axis < 0; axis++) {
      int da = axis < -a.rank() ? 1 : a.dim(axis);
      int db = axis < -b.rank() ? 1 : b.dim(axis);
      if (da != db && da != 1 && db != 1) {
        throw new IllegalArgumentException(
            "%s of shapes %s and %s: they do not broadcast".formatted(name, a, b));
      }
      dims.add(Math.max(da, db));
    }
    return new Shape(dims);
  }

  /** Returns the type of a matrix product. */
  static TensorType product(Op op, List<TensorType> inputs) {
    String name = op.getClass().getSimpleName();
    if (inputs.size() != 2 || inputs.stream().anyMatch(input -> input.shape().rank() == 0)) {
      throw new IllegalArgumentException(name + " takes 2 tensors, got " + inputs);
    }
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    if (inputs.get(0).dtype() != inputs.get(1).dtype()
        || a.dim(-1) != b.dim(b.rank() == 1 ? 0 : -2)) {
      throw new IllegalArgumentException(
          "%s of %s and %s: types or inner dimensions differ"
              .formatted(name, inputs.get(0), inputs.get(1)));
    }
    List<Integer> dims = new ArrayList<>(broadcast(name, leading(a), leading(b)).dims());
    if (a.rank() > 1) {
      dims.add(a.dim(-2));
    }
    if (b.rank() > 1) {
      dims.add(b.dim(-1));
    }
    return inputs.get(0).with(new Shape(dims));
  }

  private static Shape leading(Shape shape) {
    return new Shape(shape.dims().subList(0, Math.max(0, shape.rank() - 2)));
  }

  /** Returns {@code shape} without axis {@code axis}. */
  static Shape without(Shape shape, int axis) {
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.remove(shape.axis(axis));
    return new Shape(dims);
  }

  /**
   * Returns the type of the only input, a floating-point one, after checking that it has an axis.
   */
  static TensorType overAxis(Op op, List<TensorType> inputs, int axis) {
    TensorType input = only(op, inputs, 1, Integer.MAX_VALUE);
    input.shape().axis(axis);
    return requireFloat(op, input);
  }

  /** Returns the type of the only input after {@code axes} were summarised. */
  static TensorType reduced(Op op, List<TensorType> inputs, List<Integer> axes, boolean keepDims) {
    TensorType input = only(op, inputs, 1, Integer.MAX_VALUE);
    Set<Integer> removed = new TreeSet<>(Comparator.reverseOrder());
    axes.forEach(axis -> removed.add(input.shape().axis(axis)));
    if (removed.isEmpty() || removed.size() < axes.size()) {
      throw new IllegalArgumentException(
          "%s is over one or more different axes, got %s of shape %s"
              .formatted(op.getClass().getSimpleName(), axes, input.shape()));
    }
    Shape shape = input.shape();
    for (int axis : removed) {
      shape = keepDims ? shape.with(axis, 1) : without(shape, axis);
    }
    return input.with(shape);
  }

  /** Returns the type of inputs that agree in all but axis {@code axis}, joined along it. */
  static TensorType concatenated(List<TensorType> inputs, int axis) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("concatenation needs an input");
    }
    TensorType first = inputs.get(0);
    int joined = first.shape().axis(axis);
    int size = 0;
    for (TensorType input : inputs) {
      if (input.shape().rank() != first.shape().rank()
          || !input
              .with(input.shape().with(joined, 1))
              .equals(first.with(first.shape().with(joined, 1)))) {
        throw new IllegalArgumentException(
            "cannot concatenate %s along axis %d".formatted(inputs, axis));
      }
      size = Math.addExact(size, input.shape().dim(joined));
    }
    return first.with(first.shape().with(joined, size));
  }
}
