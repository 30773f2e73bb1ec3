package io.edgefrontier.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Normalization;
import io.edgefrontier.graph.Tensor;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The graph's layers in terms of DJL's functions, differentiable. */
final class LayerFunctions {
  /** DJL's momentum is the share of the old statistics that stays; PyTorch's 0.1 is the other. */
  private static final float BATCH_NORM_MOMENTUM = 0.9f;

  private LayerFunctions() {}

  /**
   * Applies a layer.
   *
   * @param values the engine's array for a stored tensor
   * @param training whether batch norm takes, and updates with, the statistics of the batch
   */
  static NDArray apply(
      Layer layer, NDArray input, Function<Tensor, NDArray> values, boolean training) {
    if (layer instanceof Layer.Conv2d conv) {
      return Conv2d.conv2d(
              input,
              values.apply(conv.weight()),
              conv.bias().map(values).orElse(null),
              Operators.shape(conv.window().stride()),
              Operators.shape(conv.window().padding()),
              Operators.shape(conv.window().dilation()),
              conv.groups())
          .singletonOrThrow();
    }
    if (layer instanceof Layer.Linear linear) {
      NDArray bias = linear.bias().map(values).orElse(null);
      return Linear.linear(input, values.apply(linear.weight()), bias).singletonOrThrow();
    }
    if (layer instanceof Layer.BatchNorm norm) {
      return BatchNorm.batchNorm(
              input,
              values.apply(norm.mean()),
              values.apply(norm.variance()),
              values.apply(norm.weight()),
              values.apply(norm.bias()),
              1,
              BATCH_NORM_MOMENTUM,
              (float) norm.epsilon(),
              training)
          .singletonOrThrow();
    }
    if (layer instanceof Layer.Prelu prelu) {
      NDArray slopes = values.apply(prelu.weight());
      NDArray slope = prelu.weight().shape().elements() == 1 ? slopes : perChannel(slopes, input);
      return input.maximum(0).add(input.minimum(0).mul(slope));
    }
    if (layer instanceof Layer.Embedding embedding) {
      return Embedding.embedding(input, values.apply(embedding.weight()), SparseFormat.DENSE)
          .singletonOrThrow();
    }
    if (layer instanceof Normalization.LayerNorm norm) {
      NDArray result = normalized(input, norm.shape().rank(), norm.epsilon());
      NDArray scaled = norm.weight().map(values).map(result::mul).orElse(result);
      return norm.bias().map(values).map(scaled::add).orElse(scaled);
    }
    if (layer instanceof Normalization.GroupNorm norm) {
      Shape shape = input.getShape();
      NDArray groups = input.reshape(shape.get(0), norm.groups(), -1);
      NDArray result = normalized(groups, 1, norm.epsilon()).reshape(shape);
      NDArray scaled =
          norm.weight().map(values).map(w -> result.mul(perChannel(w, input))).orElse(result);
      return norm.bias().map(values).map(b -> scaled.add(perChannel(b, input))).orElse(scaled);
    }
    throw new IllegalArgumentException("unknown layer: " + layer);
  }

  /** Returns a value less its mean over the last axes, divided by its standard deviation there. */
  private static NDArray normalized(NDArray input, int lastAxes, double epsilon) {
    int rank = input.getShape().dimension();
    NDArray centred = input.sub(mean(input, rank, lastAxes));
    NDArray variance = mean(centred.square(), rank, lastAxes);
    return centred.div(variance.add(epsilon).sqrt());
  }

  private static NDArray mean(NDArray input, int rank, int lastAxes) {
    NDArray result = input; // the engine takes one axis at a time
    for (int axis : IntStream.range(rank - lastAxes, rank).toArray()) {
      result = result.mean(new int[] {axis}, true);
    }
    return result;
  }

  /** Returns a value for each channel in a shape that broadcasts over axis 1 of {@code input}. */
  private static NDArray perChannel(NDArray values, NDArray input) {
    long[] dims = new long[input.getShape().dimension()];
    Arrays.fill(dims, 1);
    dims[1] = values.size();
    return values.reshape(dims);
  }
}
