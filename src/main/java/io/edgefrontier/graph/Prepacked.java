package io.edgefrontier.graph;

import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Layers that a kernel library of the engine runs on weights which it packed when the archive was
 * loaded, together with the sum and the activation that follow: {@code then(conv(x) + other)}.
 *
 * <p>They compute what the plain operators compute; only lowered networks have them.
 */
public sealed interface Prepacked extends Op {

  /** The libraries within the engine. */
  enum Library {
    /** Float32 only; fuses ReLU and clamps. */
    XNNPACK,
    /** Any floating-point type that the CPU has instructions for; fuses sums and activations. */
    ONEDNN
  }

  /** Returns who packs the weights. */
  Library library();

  /** Returns the layer that it stands for. */
  Layer layer();

  /** Returns the activation that is fused in. */
  Optional<Activation> then();

  @Override
  default long macs(List<TensorType> inputs) {
    return layer().macs(inputs.subList(0, 1));
  }

  private static String suffix(Activation activation) {
    return activation instanceof Activation.Pointwise pointwise
        ? "+" + pointwise.function().torchName()
        : "+" + activation.reportName();
  }

  /** Returns the names of what it does, such as Conv2d+Add+Relu. */
  @Override
  default String reportName() {
    return layer().reportName() + then().map(Prepacked::suffix).orElse("");
  }

  @Override
  default List<StoredTensor> stored() {
    return layer().stored();
  }

  /**
   * Convolution.
   *
   * @param sum whether a second input of the result's shape is added before the activation; its
   *     storage becomes the result's, so that nothing else may read it any more
   * @param batch samples per call that the weights are packed for; any other runs as well
   */
  record PrepackedConv2d(
      Library library, Conv2d layer, boolean sum, Optional<Activation> then, int batch)
      implements Prepacked {
    public PrepackedConv2d {
      if (sum && library == Library.XNNPACK) {
        throw new IllegalArgumentException("XNNPACK has no convolution with a sum");
      }
    }

    @Override
    public TensorType infer(List<TensorType> inputs) {
      TensorType result = layer.infer(inputs.subList(0, 1));
      if (sum && !inputs.get(1).equals(result)) {
        throw new IllegalArgumentException(
            "PrepackedConv2d adds %s to %s; expected equal types".formatted(inputs.get(1), result));
      }
      return result;
    }

    @Override
    public String reportName() {
      return layer.reportName() + (sum ? "+Add" : "") + then.map(Prepacked::suffix).orElse("");
    }

    @Override
    public PrepackedConv2d withStored(UnaryOperator<Tensor> change) {
      return new PrepackedConv2d(library, layer.withStored(change), sum, then, batch);
    }
  }

  /**
   * Fully connected layer.
   *
   * @param batch samples per call that the weights are packed for; any other runs as well
   */
  record PrepackedLinear(Library library, Linear layer, Optional<Activation> then, int batch)
      implements Prepacked {
    @Override
    public TensorType infer(List<TensorType> inputs) {
      return layer.infer(inputs);
    }

    @Override
    public PrepackedLinear withStored(UnaryOperator<Tensor> change) {
      return new PrepackedLinear(library, layer.withStored(change), then, batch);
    }
  }
}
