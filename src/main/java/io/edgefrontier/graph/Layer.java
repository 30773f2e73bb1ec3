package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators with trained weights. */
public sealed interface Layer extends Op {

  /**
   * Two-dimensional convolution.
   *
   * @param weight [outChannels, inChannels / groups, kernelH, kernelW]
   * @param bias [outChannels]
   * @param window kernel as in {@code weight}
   * @param groups divides both channel counts
   */
  record Conv2d(Tensor weight, Optional<Tensor> bias, Window window, int groups) implements Layer {
    public Conv2d {
      requireConvShapes(weight.shape(), bias, window, groups);
    }

    public int outChannels() {
      return weight.shape().dim(0);
    }

    /** Returns the channels that the input must have. */
    public int inChannels() {
      return weight.shape().dim(1) * groups;
    }

    /** Returns whether every input channel is convolved on its own. */
    public boolean isDepthwise() {
      return groups > 1 && weight.shape().dim(1) == 1;
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      return convType(this, inputs, weight.shape(), window, groups);
    }

    @Override
    public long macs(List<TensorType> inputs) {
      return convMacs(infer(inputs), weight.shape());
    }

    @Override
    public List<StoredTensor> stored() {
      return weightAndBias(weight, bias);
    }
  }

  /**
   * Fully connected layer over the last dimension.
   *
   * @param weight [outFeatures, inFeatures]
   * @param bias [outFeatures]
   */
  record Linear(Tensor weight, Optional<Tensor> bias) implements Layer {
    public Linear {
      requireLinearShapes(weight.shape(), bias);
    }

    public int outFeatures() {
      return weight.shape().dim(0);
    }

    public int inFeatures() {
      return weight.shape().dim(1);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      return linearType(this, inputs, weight.shape());
    }

    @Override
    public long macs(List<TensorType> inputs) {
      return infer(inputs).shape().elements() * inFeatures();
    }

    @Override
    public List<StoredTensor> stored() {
      return weightAndBias(weight, bias);
    }
  }

  /**
   * Batch normalisation over channels (axis 1) with stored statistics: {@code (x - mean) /
   * sqrt(variance + epsilon) * weight + bias}.
   *
   * @param weight scale, [channels]
   * @param bias shift, [channels]
   * @param mean running mean, [channels]
   * @param variance running variance, [channels]
   */
  record BatchNorm(Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon)
      implements Layer {
    public BatchNorm {
      for (Tensor tensor : List.of(weight, bias, mean, variance)) {
        requireShape("batch norm", tensor.shape(), Shape.of(weight.shape().dim(0)));
      }
    }

    public int channels() {
      return weight.shape().dim(0);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Op.only(this, inputs, 2, Integer.MAX_VALUE);
      if (input.shape().dim(1) != channels()) {
        throw new IllegalArgumentException(
            "BatchNorm of %d channels got input %s".formatted(channels(), input.shape()));
      }
      return input;
    }

    @Override
    public List<StoredTensor> stored() {
      return List.of(
          new StoredTensor("weight", weight, true),
          new StoredTensor("bias", bias, true),
          new StoredTensor("running_mean", mean, false),
          new StoredTensor("running_var", variance, false));
    }
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

  /** Checks weight and bias of a linear layer. */
  static void requireLinearShapes(Shape weight, Optional<Tensor> bias) {
    if (weight.rank() != 2) {
      throw new IllegalArgumentException("a linear weight has 2 dimensions, got " + weight);
    }
    bias.ifPresent(b -> requireShape("linear bias", b.shape(), Shape.of(weight.dim(0))));
  }

  /** Returns the result type of a convolution, float or quantized. */
  static TensorType convType(
      Op op, List<TensorType> inputs, Shape weight, Window window, int groups) {
    TensorType input = Op.only(op, inputs, 4, 4);
    Shape shape = input.shape();
    if (shape.dim(1) != weight.dim(1) * groups) {
      throw new IllegalArgumentException(
          "%s of weight %s in %d groups takes %d channels, got input %s"
              .formatted(
                  op.getClass().getSimpleName(), weight, groups, weight.dim(1) * groups, shape));
    }
    Size2d out = window.positions(shape.dim(2), shape.dim(3), false);
    return input.with(Shape.of(shape.dim(0), weight.dim(0), out.h(), out.w()));
  }

  /** Returns the result type of a linear layer, float or quantized. */
  static TensorType linearType(Op op, List<TensorType> inputs, Shape weight) {
    TensorType input = Op.only(op, inputs, 2, Integer.MAX_VALUE);
    if (input.shape().dim(-1) != weight.dim(1)) {
      throw new IllegalArgumentException(
          "%s of weight %s takes %d features, got input %s"
              .formatted(op.getClass().getSimpleName(), weight, weight.dim(1), input.shape()));
    }
    return input.with(input.shape().with(-1, weight.dim(0)));
  }

  /** Returns the multiply-accumulates of a convolution that makes {@code output}. */
  static long convMacs(TensorType output, Shape weight) {
    return output.shape().elements() * weight.dim(1) * weight.dim(2) * weight.dim(3);
  }

  private static List<StoredTensor> weightAndBias(Tensor weight, Optional<Tensor> bias) {
    List<StoredTensor> stored = new ArrayList<>();
    stored.add(new StoredTensor("weight", weight, true));
    bias.ifPresent(b -> stored.add(new StoredTensor("bias", b, true)));
    return stored;
  }

  private static void requireShape(String what, Shape found, Shape expected) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "%s has shape %s, expected %s".formatted(what, found, expected));
    }
  }
}
