package io.edgefrontier.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Layers that normalise each sample by statistics of its own: {@code (x - mean) / sqrt(variance +
 * epsilon) * weight + bias}.
 */
public sealed interface Normalization extends Layer {

  /**
   * Over the last axes.
   *
   * @param shape sizes of those axes
   * @param weight scale, of {@code shape}
   * @param bias shift, of {@code shape}
   */
  record LayerNorm(Shape shape, Optional<Tensor> weight, Optional<Tensor> bias, double epsilon)
      implements Normalization {
    public LayerNorm {
      weight.ifPresent(w -> Inference.requireShape("layer norm weight", w.shape(), shape));
      bias.ifPresent(b -> Inference.requireShape("layer norm bias", b.shape(), shape));
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, shape.rank(), Integer.MAX_VALUE);
      List<Integer> dims = input.shape().dims();
      if (!dims.subList(dims.size() - shape.rank(), dims.size()).equals(shape.dims())) {
        throw new IllegalArgumentException(
            "LayerNorm over %s got input %s".formatted(shape, input.shape()));
      }
      Inference.requireOneFloat(this, input);
      return input;
    }

    @Override
    public List<StoredTensor> stored() {
      return Layer.weightAndBias(weight, bias);
    }

    @Override
    public LayerNorm withStored(UnaryOperator<Tensor> change) {
      return new LayerNorm(shape, weight.map(change), bias.map(change), epsilon);
    }
  }

  /**
   * Over each of {@code groups} groups of channels (axis 1) and all axes behind; with a group for
   * each channel this is instance norm.
   *
   * @param weight scale, [channels]
   * @param bias shift, [channels]
   */
  record GroupNorm(int groups, Optional<Tensor> weight, Optional<Tensor> bias, double epsilon)
      implements Normalization {
    public GroupNorm {
      if (groups < 1) {
        throw new IllegalArgumentException("group norm needs groups >= 1, got " + groups);
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType input = Inference.only(this, inputs, 2, Integer.MAX_VALUE);
      int channels = input.shape().dim(1);
      if (channels % groups != 0) {
        throw new IllegalArgumentException(
            "GroupNorm of %d groups got input %s".formatted(groups, input.shape()));
      }
      weight.ifPresent(
          w -> Inference.requireShape("group norm weight", w.shape(), Shape.of(channels)));
      bias.ifPresent(b -> Inference.requireShape("group norm bias", b.shape(), Shape.of(channels)));
      Inference.requireOneFloat(this, input);
      return input;
    }

    @Override
    public List<StoredTensor> stored() {
      return Layer.weightAndBias(weight, bias);
    }

    @Override
    public GroupNorm withStored(UnaryOperator<Tensor> change) {
      return new GroupNorm(groups, weight.map(change), bias.map(change), epsilon);
    }
  }
}
