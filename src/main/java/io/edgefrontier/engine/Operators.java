package io.edgefrontier.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Attention;
import io.edgefrontier.graph.Constant;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The graph's float operators in terms of DJL's functions, differentiable. */
final class Operators {
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
    if (op instanceof Opaque opaque) {
      throw new IllegalArgumentException(
          "%s: %s cannot be trained, as the graph keeps it opaque; prepare without fine-tuning"
              .formatted(node.name(), opaque.function()));
    }
    boolean causal = op instanceof Attention attention && attention.causal();
    boolean integers = op.stored().stream().anyMatch(s -> s.tensor().dtype() != DType.FLOAT32);
    if (op instanceof Layer.ConvTranspose2d || op instanceof Pooling.ArgMax || causal || integers) {
      throw new IllegalArgumentException(
          "%s: %s cannot be trained, as the engine has no derivative of it here"
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
      return LayerFunctions.apply(layer, inputs.get(0), values, training);
    }
    if (op instanceof Constant constant) {
      return values.apply(constant.tensor());
    }
    if (op instanceof Attention attention) {
      return attention(attention, inputs);
    }
    if (op instanceof Activation activation) {
      return activation(activation, inputs.get(0));
    }
    if (op instanceof Pooling pooling) {
      return PoolingFunctions.apply(pooling, inputs.get(0));
    }
    if (op instanceof Arithmetic arithmetic) {
      return arithmetic(arithmetic, inputs);
    }
    if (op instanceof Reshaping reshaping) {
      return reshape(reshaping, inputs);
    }
    throw new IllegalArgumentException("not a float operator: " + op);
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
    if (activation instanceof Activation.LogSoftmax softmax) {
      return input.logSoftmax(softmax.axis());
    }
    if (activation instanceof Activation.Elu elu) {
      NDArray below = input.minimum(0).mul(elu.inputScale()).exp().sub(1).mul(elu.alpha());
      return input.maximum(0).add(below).mul(elu.scale());
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
      // DJL's own gives -0.42 for -1, where it is -0.30.
      case MISH -> input.mul(ai.djl.nn.Activation.softPlus(input).tanh());
      case SOFTPLUS -> ai.djl.nn.Activation.softPlus(input);
      case EXP -> input.exp();
      case ABS -> input.abs();
      case NEG -> input.neg();
    };
  }

  private static NDArray arithmetic(Arithmetic arithmetic, List<NDArray> inputs) {
    NDArray a = inputs.get(0);
    if (arithmetic instanceof Arithmetic.WithScalar scalar) {
      double value = scalar.value();
      return switch (scalar.kind()) {
        case ADD -> a.add(value);
        case SUBTRACT_FROM -> a.neg().add(value);
        case MULTIPLY -> a.mul(value);
        case DIVIDE -> a.div(value);
      };
    }
    NDArray b = inputs.get(1);
    if (arithmetic instanceof Arithmetic.Add) {
      return a.add(b);
    } else if (arithmetic instanceof Arithmetic.Sub) {
      return a.sub(b);
    } else if (arithmetic instanceof Arithmetic.Mul) {
      return a.mul(b);
    } else if (arithmetic instanceof Arithmetic.Div) {
      return a.div(b);
    } else if (arithmetic instanceof Arithmetic.Maximum) {
      return a.maximum(b);
    } else if (arithmetic instanceof Arithmetic.Minimum) {
      return a.minimum(b);
    } else if (arithmetic instanceof Arithmetic.MatMul) {
      return a.matMul(b);
    }
    throw new IllegalArgumentException("unknown arithmetic: " + arithmetic);
  }

  private static NDArray attention(Attention attention, List<NDArray> inputs) {
    NDArray query = inputs.get(0);
    long features = query.getShape().get(query.getShape().dimension() - 1);
    double scale = attention.scale().orElse(1 / Math.sqrt((double) features));
    NDArray scores = query.matMul(lastTwoExchanged(inputs.get(1))).mul(scale);
    if (inputs.size() > 3) {
      scores = scores.add(inputs.get(3));
    }
    return scores.softmax(-1).matMul(inputs.get(2));
  }

  private static NDArray lastTwoExchanged(NDArray array) {
    int rank = array.getShape().dimension();
    return array.swapAxes(rank - 2, rank - 1);
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
      NDIndex index = allOfAxesBefore(slice.axis());
      return input.get(index.addSliceDim(slice.start(), slice.end(), slice.step()));
    }
    if (reshaping instanceof Reshaping.Select select) {
      return input.get(allOfAxesBefore(select.axis()).addIndices(select.index()));
    }
    if (reshaping instanceof Reshaping.Expand) {
      List<TensorType> types = inputs.stream().map(Operators::type).toList();
      return input.broadcast(shape(reshaping.infer(types).shape()));
    }
    if (reshaping instanceof Reshaping.Pad pad) {
      return input.pad(new Shape(pad.left(), pad.right(), pad.top(), pad.bottom()), pad.value());
    }
    return input.reshape(shape(reshaping.infer(List.of(type(input))).shape()));
  }

  private static NDIndex allOfAxesBefore(int axis) {
    NDIndex index = new NDIndex();
    for (int i = 0; i < axis; i++) {
      index.addAllDim();
    }
    return index;
  }

  private static TensorType type(NDArray array) {
    int[] dims = Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
    return new TensorType(DType.FLOAT32, io.edgefrontier.graph.Shape.of(dims));
  }

  /** Returns height and width as DJL has them. */
  static Shape shape(Size2d size) {
    return new Shape(size.h(), size.w());
  }

  /** Returns DJL's shape of the same dimensions. */
  static Shape shape(io.edgefrontier.graph.Shape shape) {
    return new Shape(shape.dims().stream().mapToLong(Integer::longValue).toArray());
  }
}
