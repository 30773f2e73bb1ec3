package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operators that run on quint8 activations with integer kernels and give quint8, scaled by {@code
 * out}.
 *
 * <p>The other operators that only move, choose or average values ({@link Pooling}, {@link
 * Activation.Relu}, {@link Activation.Clamp}, {@link Activation.Dropout}, {@link
 * Reshaping.Flatten}, {@link Reshaping.Reshape}) accept quint8 as well and keep its mapping; all
 * others refuse it.
 */
public sealed interface Quantized extends Op {

  /** Returns the mapping of the result. */
  QuantParams out();

  /**
   * Convolution, with ReLU fused where {@code relu}.
   *
   * @param weight int8, [outChannels, inChannels / groups, kernelH, kernelW]
   * @param scales float32, [outChannels]: real weight = scale of its output channel x int8 weight
   * @param bias float32, [outChannels]
   */
  record QuantizedConv2d(
      Tensor weight,
      Tensor scales,
      Optional<Tensor> bias,
      Window window,
      int groups,
      boolean relu,
      QuantParams out)
      implements Quantized {
    public QuantizedConv2d {
      Inference.requireConvShapes(weight.shape(), bias, window, groups);
      requireTypes(weight, scales, bias);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      inputs.forEach(input -> Inference.requireQuantized(this, input));
      return Inference.convType(this, inputs, weight.shape(), window, groups);
    }

    @Override
    public long macs(List<TensorType> inputs) {
      return Inference.convMacs(infer(inputs), weight.shape());
    }

    @Override
    public List<StoredTensor> stored() {
      return storedTensors(weight, scales, bias);
    }
  }

  /**
   * Fully connected layer, with ReLU fused where {@code relu}.
   *
   * @param weight int8, [outFeatures, inFeatures]
   * @param scales float32, [outFeatures]
   * @param bias float32, [outFeatures]
   */
  record QuantizedLinear(
      Tensor weight, Tensor scales, Optional<Tensor> bias, boolean relu, QuantParams out)
      implements Quantized {
    public QuantizedLinear {
      Inference.requireLinearShapes(weight.shape(), bias);
      requireTypes(weight, scales, bias);
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      inputs.forEach(input -> Inference.requireQuantized(this, input));
      return Inference.linearType(this, inputs, weight.shape());
    }

    @Override
    public long macs(List<TensorType> inputs) {
      return infer(inputs).shape().elements() * weight.shape().dim(1);
    }

    @Override
    public List<StoredTensor> stored() {
      return storedTensors(weight, scales, bias);
    }
  }

  /** {@code a + b} of equal shapes, with ReLU fused where {@code relu}. */
  record QuantizedAdd(boolean relu, QuantParams out) implements Quantized {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      inputs.forEach(input -> Inference.requireQuantized(this, input));
      TensorType result = Inference.broadcast(this, inputs);
      if (!inputs.get(0).equals(inputs.get(1))) {
        throw new IllegalArgumentException(
            "QuantizedAdd takes equal shapes, got %s and %s"
                .formatted(inputs.get(0).shape(), inputs.get(1).shape()));
      }
      return result;
    }
  }

  /** {@code a * b}, with ReLU fused where {@code relu}. */
  record QuantizedMul(boolean relu, QuantParams out) implements Quantized {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      inputs.forEach(input -> Inference.requireQuantized(this, input));
      return Inference.broadcast(this, inputs);
    }
  }

  /** Joins its inputs along axis {@code axis}, rescaling each to {@code out}. */
  record QuantizedConcat(int axis, QuantParams out) implements Quantized {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      inputs.forEach(input -> Inference.requireQuantized(this, input));
      return Inference.concatenated(inputs, axis);
    }
  }

  private static void requireTypes(Tensor weight, Tensor scales, Optional<Tensor> bias) {
    if (weight.dtype() != DType.INT8
        || !scales.type().equals(new TensorType(DType.FLOAT32, Shape.of(weight.shape().dim(0))))) {
      throw new IllegalArgumentException(
          "a quantized weight is INT8 with one FLOAT32 scale per output channel, got %s and %s"
              .formatted(weight, scales));
    }
    if (bias.isPresent() && bias.get().dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          "the bias of a quantized layer is FLOAT32, got " + bias.get());
    }
  }

  private static List<StoredTensor> storedTensors(
      Tensor weight, Tensor scales, Optional<Tensor> bias) {
    List<StoredTensor> stored = new ArrayList<>();
    stored.add(new StoredTensor("weight", weight, true));
    stored.add(new StoredTensor("scales", scales, false));
    bias.ifPresent(b -> stored.add(new StoredTensor("bias", b, true)));
    return stored;
  }
}
