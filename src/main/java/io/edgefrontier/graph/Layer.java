package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators with trained weights; input and weights are of one floating-point type. */
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
  }

  private static List<StoredTensor> weightAndBias(Tensor weight, Optional<Tensor> bias) {
    List<StoredTensor> stored = new ArrayList<>();
    stored.add(new StoredTensor("weight", weight, true));
    bias.ifPresent(b -> stored.add(new StoredTensor("bias", b, true)));
    return stored;
  }
}
