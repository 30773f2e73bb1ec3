package io.edgefrontier.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The graph's float operators in terms of DJL's functions, differentiable. */
final class Operators {
  /** DJL's momentum is the share of the old statistics that stays; PyTorch's 0.1 is the other. */
  private static final float BATCH_NORM_MOMENTUM = 0.9f;

  private Operators() {}

  /**
   * Checks that {@link #apply} takes the operator of {@code node}.
   *
   * @throws IllegalArgumentException naming the node if it does not
   */
  static void requireTrainable(Node node) {
    Op op = node.op();
    if (op instanceof Conversion || op instanceof Quantized) {
      throw new IllegalArgumentException(
          "%s: %s cannot be trained; train the float32 network before its precision is lowered"
              .formatted(node.name(), op.getClass().getSimpleName()));
    }
    if (op instanceof Pooling.MaxPool2d pool && !pool.window().dilation().equals(Size2d.of(1))) {
      throw new IllegalArgumentException(
          node.name() + ": a max pooling with dilation cannot be trained");
    }
  }

  /**
   * Applies an operator.
   *
   * @param values the engine's array for a stored tensor
   * @param training whether batch norm takes, and updates with, the statistics of the batch
   */
  static NDArray apply(
      Op op, List<NDArray> inputs, Function<Tensor, NDArray> values, boolean training) {
    if (op instanceof Layer layer) {
      return layer(layer, inputs.get(0), values, training);
    }
    if (op instanceof Activation activation) {
      return activation(activation, inputs.get(0));
    }
    if (op instanceof Pooling pooling) {
      return pool(pooling, inputs.get(0));
    }
    if (op instanceof Arithmetic) {
      return op instanceof Arithmetic.Add
          ? inputs.get(0).add(inputs.get(1))
          : inputs.get(0).mul(inputs.get(1));
    }
    if (op instanceof Reshaping reshaping) {
      return reshape(reshaping, inputs);
    }
    throw new IllegalArgumentException("not a float operator: " + op);
  }

  private static NDArray layer(
      Layer layer, NDArray input, Function<Tensor, NDArray> values, boolean training) {
    if (layer instanceof Layer.Conv2d conv) {
      return Conv2d.conv2d(
              input,
              values.apply(conv.weight()),
              conv.bias().map(values).orElse(null),
              shape(conv.window().stride()),
              shape(conv.window().padding()),
              shape(conv.window().dilation()),
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
    throw new IllegalArgumentException("unknown layer: " + layer);
  }

  private static NDArray activation(Activation activation, NDArray input) {
    if (activation instanceof Activation.Relu) {
      return ai.djl.nn.Activation.relu(input);
    }
    if (activation instanceof Activation.Clamp clamp) {
      return input.clip(clamp.low(), clamp.high());
    }
    if (activation instanceof Activation.Pointwise pointwise) {
      return pointwise(pointwise.function(), input);
    }
    if (activation instanceof Activation.LeakyRelu leaky) {
      return ai.djl.nn.Activation.leakyRelu(input, (float) leaky.slope());
    }
    if (activation instanceof Activation.Softmax softmax) {
      return input.softmax(softmax.axis());
    }
    if (activation instanceof Activation.Dropout) {
      return input;
    }
    throw new IllegalArgumentException("unknown activation: " + activation);
  }

  private static NDArray pointwise(Activation.Function function, NDArray input) {
    return switch (function) {
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(input);
      case TANH -> ai.djl.nn.Activation.tanh(input);
      case SILU -> ai.djl.nn.Activation.swish(input, 1);
      case HARDSWISH -> input.mul(input.add(3).clip(0, 6)).div(6);
      case HARDSIGMOID -> input.add(3).clip(0, 6).div(6);
      case GELU -> ai.djl.nn.Activation.gelu(input);
      case MISH -> ai.djl.nn.Activation.mish(input);
      case SOFTPLUS -> ai.djl.nn.Activation.softPlus(input);
      case EXP -> input.exp();
      case ABS -> input.abs();
      case NEG -> input.neg();
    };
  }

  private static NDArray pool(Pooling pooling, NDArray input) {
    if (pooling instanceof Pooling.MaxPool2d max) {
      return Pool.maxPool2d(
          input,
          shape(max.window().kernel()),
          shape(max.window().stride()),
          shape(max.window().padding()),
          max.ceil());
    }
    if (pooling instanceof Pooling.AvgPool2d average) {
      return average(average, input);
    }
    if (pooling instanceof Pooling.AdaptiveAvgPool2d adaptive) {
      // DJL's own API has only the pooling to 1x1.
      return JniUtils.adaptiveAvgPool((PtNDArray) input, shape(adaptive.out()));
    }
    if (pooling instanceof Pooling.Mean mean) {
      return mean(mean, input);
    }
    throw new IllegalArgumentException("unknown pooling: " + pooling);
  }

  private static NDArray average(Pooling.AvgPool2d average, NDArray input) {
    Window window = average.window();
    boolean padded = !window.padding().equals(Size2d.of(0));
    if (average.countPadding() || !padded) {
      return average(input, window, average.ceil());
    }
    // DJL's PyTorch engine counts the padding whatever it is told, hence the division by the share
    // of each window that is input.
    Shape plane = input.getShape().slice(2);
    NDArray ones = input.getManager().ones(new Shape(1, 1).addAll(plane));
    return average(input, window, average.ceil()).div(average(ones, window, average.ceil()));
  }

  private static NDArray average(NDArray input, Window window, boolean ceil) {
    return Pool.avgPool2d(
        input, shape(window.kernel()), shape(window.stride()), shape(window.padding()), ceil, true);
  }

  private static NDArray mean(Pooling.Mean mean, NDArray input) {
    int rank = input.getShape().dimension();
    // The engine takes one axis at a time; from the last, so that the others keep their place.
    List<Integer> axes =
        mean.axes().stream()
            .map(axis -> Math.floorMod(axis, rank))
            .sorted(Comparator.reverseOrder())
            .toList();
    NDArray result = input;
    for (int axis : axes) {
      result = result.mean(new int[] {axis}, mean.keepDims());
    }
    return result;
  }

  private static NDArray reshape(Reshaping reshaping, List<NDArray> inputs) {
    NDArray input = inputs.get(0);
    if (reshaping instanceof Reshaping.Concat concat) {
      return NDArrays.concat(new NDList(inputs), concat.axis());
    }
    if (reshaping instanceof Reshaping.Permute permute) {
      return input.transpose(permute.axes().stream().mapToInt(axis -> axis).toArray());
    }
    if (reshaping instanceof Reshaping.Slice slice) {
      NDIndex index = new NDIndex();
      for (int axis = 0; axis < slice.axis(); axis++) {
        index.addAllDim();
      }
      return input.get(index.addSliceDim(slice.start(), slice.end()));
    }
    if (reshaping instanceof Reshaping.Pad pad) {
      return input.pad(new Shape(pad.left(), pad.right(), pad.top(), pad.bottom()), pad.value());
    }
    return input.reshape(shape(reshaping.infer(List.of(type(input))).shape()));
  }

  private static TensorType type(NDArray array) {
    int[] dims = Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
    return new TensorType(DType.FLOAT32, io.edgefrontier.graph.Shape.of(dims));
  }

  private static Shape shape(Size2d size) {
    return new Shape(size.h(), size.w());
  }

  /** Returns DJL's shape of the same dimensions. */
  static Shape shape(io.edgefrontier.graph.Shape shape) {
    return new Shape(shape.dims().stream().mapToLong(Integer::longValue).toArray());
  }
}
