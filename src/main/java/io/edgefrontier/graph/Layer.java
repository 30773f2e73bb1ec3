package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Operators with trained weights, which are of one floating-point type. */
public sealed interface Layer extends Op
    permits Layer.Conv2d,
        Layer.ConvTranspose2d,
        Layer.Linear,
        Layer.BatchNorm,
        Layer.Prelu,
        Layer.Embedding,
        Normalization {

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
      Inference.requireConvShapes(weight.shape(), bias, window, groups);
    }

    public int outChannels() {
      return weight.shape().dim(0);
    }

    /** Returns the channels that the input must have. */
    public int inChannels() {
      return weight.shape().dim(1) * groups;
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType result = Inference.convType(this, inputs, weight.shape(), window, groups);
      Inference.requireOneFloat(this, inputs.get(0));
      return result;
    }

    @Override
    public long macs(List<TensorType> inputs) {
      return Inference.convMacs(infer(inputs), weight.shape());
    }

    @Override
    public List<StoredTensor> stored() {
      return weightAndBias(weight, bias);
    }

    @Override
    public Conv2d withStored(UnaryOperator<Tensor> change) {
      return new Conv2d(change.apply(weight), bias.map(change), window, groups);
    }
  }

  /**
   * Transposed two-dimensional convolution.
   *
   * @param weight [inChannels, outChannels / groups, kernelH, kernelW]
   * @param bias [outChannels]
   * @param window kernel as in {@code weight}; stride and padding of the convolution whose
   *     transpose this is
   * @param outputPadding rows and columns added at the end
   * @param groups divides both channel counts
   */
  record ConvTranspose2d(
      Tensor weight, Optional<Tensor> bias, Window window, Size2d outputPadding, int groups)
      implements Layer {
    public ConvTranspose2d {
      Inference.requireTransposedShapes(weight.shape(), bias, window, groups);
    }

    public int outChannels() {
      return weight.shape().dim(1) * groups;
    }

    public int inChannels() {
      return weight.shape().dim(0);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 4, 4);
      Inference.requireOneFloat(this, input);
      return Inference.transposedType(this, input);
    }

    @Override
    public long macs(List<TensorType> inputs) {
      long perElement = weight.shape().elements() / inChannels();
      return Math.multiplyExact(inputs.get(0).shape().elements(), perElement);
    }

    @Override
    public List<StoredTensor> stored() {
      return weightAndBias(weight, bias);
    }

    @Override
    public ConvTranspose2d withStored(UnaryOperator<Tensor> change) {
      return new ConvTranspose2d(
          change.apply(weight), bias.map(change), window, outputPadding, groups);
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
      Inference.requireLinearShapes(weight.shape(), bias);
    }

    public int outFeatures() {
      return weight.shape().dim(0);
    }

    public int inFeatures() {
      return weight.shape().dim(1);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType result = Inference.linearType(this, inputs, weight.shape());
      Inference.requireOneFloat(this, inputs.get(0));
      return result;
    }

    @Override
    public long macs(List<TensorType> inputs) {
      return infer(inputs).shape().elements() * inFeatures();
    }

    @Override
    public List<StoredTensor> stored() {
      return weightAndBias(weight, bias);
    }

    @Override
    public Linear withStored(UnaryOperator<Tensor> change) {
      return new Linear(change.apply(weight), bias.map(change));
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
        Inference.requireShape("batch norm", tensor.shape(), Shape.of(weight.shape().dim(0)));
      }
    }

    public int channels() {
      return weight.shape().dim(0);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 2, Integer.MAX_VALUE);
      if (input.shape().dim(1) != channels()) {
        throw new IllegalArgumentException(
            "BatchNorm of %d channels got input %s".formatted(channels(), input.shape()));
      }
      Inference.requireOneFloat(this, input);
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

    @Override
    public BatchNorm withStored(UnaryOperator<Tensor> change) {
      return new BatchNorm(
          change.apply(weight),
          change.apply(bias),
          change.apply(mean),
          change.apply(variance),
          epsilon);
    }
  }

  /**
   * {@code x > 0 ? x : slope * x}, with a slope for each channel (axis 1) or one for all.
   *
   * @param weight slopes, [channels] or [1]
   */
  record Prelu(Tensor weight) implements Layer {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 2, Integer.MAX_VALUE);
      long slopes = weight.shape().elements();
      if (slopes != 1 && slopes != input.shape().dim(1)) {
        throw new IllegalArgumentException(
            "Prelu of %d slopes got input %s".formatted(slopes, input.shape()));
      }
      Inference.requireOneFloat(this, input);
      return input;
    }

    @Override
    public List<StoredTensor> stored() {
      return weightAndBias(weight, Optional.empty());
    }

    @Override
    public Prelu withStored(UnaryOperator<Tensor> change) {
      return new Prelu(change.apply(weight));
    }
  }

  /**
   * Looks up a row for each index; the input is int64.
   *
   * @param weight [rows, features]
   */
  record Embedding(Tensor weight) implements Layer {
    public Embedding {
      if (weight.shape().rank() != 2) {
        throw new IllegalArgumentException(
            "an embedding weight has 2 dimensions, got " + weight.shape());
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 1, Integer.MAX_VALUE);
      if (input.dtype() != DType.INT64) {
        throw new IllegalArgumentException("Embedding takes INT64 indices, got " + input);
      }
      List<Integer> dims = new ArrayList<>(input.shape().dims());
      dims.add(weight.shape().dim(1));
      return new TensorType(weight.dtype(), new Shape(dims));
    }

    @Override
    public List<StoredTensor> stored() {
      return weightAndBias(weight, Optional.empty());
    }

    @Override
    public Embedding withStored(UnaryOperator<Tensor> change) {
      return new Embedding(change.apply(weight));
    }
  }

  /** Returns what most layers store. */
  static List<StoredTensor> weightAndBias(Tensor weight, Optional<Tensor> bias) {
    return weightAndBias(Optional.of(weight), bias);
  }

  /** Returns what layers store that may do without a weight. */
  static List<StoredTensor> weightAndBias(Optional<Tensor> weight, Optional<Tensor> bias) {
    List<StoredTensor> stored = new ArrayList<>();
    weight.ifPresent(w -> stored.add(new StoredTensor("weight", w, true)));
    bias.ifPresent(b -> stored.add(new StoredTensor("bias", b, true)));
    return stored;
  }
}
