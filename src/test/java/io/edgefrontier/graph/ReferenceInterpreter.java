package io.edgefrontier.graph;

import io.edgefrontier.graph.Activation.Clamp;
import io.edgefrontier.graph.Activation.Dropout;
import io.edgefrontier.graph.Activation.Elu;
import io.edgefrontier.graph.Activation.LeakyRelu;
import io.edgefrontier.graph.Activation.LogSoftmax;
import io.edgefrontier.graph.Activation.Pointwise;
import io.edgefrontier.graph.Activation.Relu;
import io.edgefrontier.graph.Activation.Softmax;
import io.edgefrontier.graph.Arithmetic.MatMul;
import io.edgefrontier.graph.Arithmetic.WithScalar;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.Conversion.Dequantize;
import io.edgefrontier.graph.Conversion.Quantize;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.ConvTranspose2d;
import io.edgefrontier.graph.Layer.Embedding;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Layer.Prelu;
import io.edgefrontier.graph.Normalization.GroupNorm;
import io.edgefrontier.graph.Normalization.LayerNorm;
import io.edgefrontier.graph.Pooling.AdaptiveAvgPool2d;
import io.edgefrontier.graph.Pooling.ArgMax;
import io.edgefrontier.graph.Pooling.AvgPool2d;
import io.edgefrontier.graph.Pooling.MaxPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Pooling.Reduce;
import io.edgefrontier.graph.Pooling.Resize;
import io.edgefrontier.graph.Quantized.QuantizedAdd;
import io.edgefrontier.graph.Quantized.QuantizedConcat;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.Quantized.QuantizedLinear;
import io.edgefrontier.graph.Quantized.QuantizedMul;
import io.edgefrontier.graph.Reshaping.Concat;
import io.edgefrontier.graph.Reshaping.Expand;
import io.edgefrontier.graph.Reshaping.Pad;
import io.edgefrontier.graph.Reshaping.Permute;
import io.edgefrontier.graph.Reshaping.Select;
import io.edgefrontier.graph.Reshaping.Slice;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;

/**
 * Runs a graph with naive loops in plain Java: the oracle for passes and for the engine.
 *
 * <p>Sums are taken in double and each result is rounded to its type. Quantized operators follow
 * affine quint8 arithmetic: exact integer sums, requantised half to even and saturated.
 */
public final class ReferenceInterpreter {
  private final Map<String, ReferenceValue> values = new LinkedHashMap<>();

  private ReferenceInterpreter() {}

  /**
   * Returns the real numbers of each output.
   *
   * @param input the batch, row-major
   */
  public static List<float[]> run(Graph graph, float[] input, int batch) {
    Map<String, float[]> values = values(graph, input, batch);
    return graph.outputs().stream().map(values::get).toList();
  }

  /** Returns the real numbers of every value, the input first. */
  public static Map<String, float[]> values(Graph graph, float[] input, int batch) {
    ReferenceInterpreter interpreter = new ReferenceInterpreter();
    interpreter.execute(graph, input, batch);
    Map<String, float[]> reals = new LinkedHashMap<>();
    interpreter.values.forEach((name, value) -> reals.put(name, narrowed(value.reals())));
    return reals;
  }

  private void execute(Graph graph, float[] input, int batch) {
    Map<String, TensorType> types = graph.types(batch);
    values.put(
        Graph.INPUT, ReferenceValue.rounded(types.get(Graph.INPUT), ReferenceKernels.widen(input)));
    for (Node node : graph.nodes()) {
      List<ReferenceValue> inputs = node.inputs().stream().map(values::get).toList();
      ReferenceValue result = apply(node.op(), inputs, types.get(node.name()));
      if (!result.type().equals(types.get(node.name()))) {
        throw new AssertionError(node + " made " + result.type());
      }
      values.put(node.name(), result);
    }
  }

  private static ReferenceValue apply(Op op, List<ReferenceValue> inputs, TensorType type) {
    if (op instanceof Constant constant) {
      return ReferenceValue.stored(constant.tensor());
    }
    ReferenceValue in = inputs.get(0);
    Shape shape = type.shape();
    if (op instanceof Layer layer) {
      return ReferenceValue.rounded(type, layer(layer, in, shape));
    } else if (op instanceof Attention attention) {
      return ReferenceValue.rounded(type, ReferenceProducts.attention(attention, inputs, shape));
    } else if (op instanceof Quantized quantized) {
      return quantized(quantized, inputs, shape);
    } else if (op instanceof Arithmetic arithmetic) {
      return ReferenceValue.rounded(type, arithmetic(arithmetic, inputs, shape));
    } else if (op instanceof Activation activation) {
      return in.like(shape, activation(activation, in));
    } else if (op instanceof ArgMax max) {
      return ReferenceValue.rounded(type, ReferenceResampling.argMax(in, max.axis()));
    } else if (op instanceof Pooling pooling) {
      return in.like(shape, pooling(pooling, in, shape));
    } else if (op instanceof Concat concat) {
      return ReferenceValue.rounded(
          type, ReferenceKernels.concat(inputs, shape, shape.axis(concat.axis())));
    } else if (op instanceof Reshaping reshaping) {
      return in.like(shape, reshaping(reshaping, in, shape));
    } else if (op instanceof Quantize quantize) {
      return ReferenceValue.quantized(shape, in.reals(), quantize.params());
    } else if (op instanceof Dequantize || op instanceof Cast) {
      return ReferenceValue.cast(type, in.reals());
    }
    throw new IllegalArgumentException("no reference for " + op);
  }

  private static double[] reshaping(Reshaping op, ReferenceValue in, Shape shape) {
    if (op instanceof Pad pad) {
      return ReferenceKernels.pad(in, pad, shape);
    } else if (op instanceof Permute permute) {
      return ReferenceKernels.permute(in, permute.axes(), shape);
    } else if (op instanceof Slice slice) {
      return ReferenceKernels.slice(in, slice, shape);
    } else if (op instanceof Select select) {
      Slice one = new Slice(select.axis(), select.index(), select.index() + 1, 1);
      return ReferenceKernels.slice(in, one, in.shape().with(select.axis(), 1));
    } else if (op instanceof Expand) {
      return ReferenceKernels.expand(in, shape);
    }
    return in.data(); // the others change nothing but the dimensions
  }

  private static double[] arithmetic(Arithmetic op, List<ReferenceValue> inputs, Shape shape) {
    if (op instanceof MatMul) {
      return ReferenceProducts.matMul(inputs.get(0), inputs.get(1), shape);
    } else if (op instanceof WithScalar scalar) {
      double v = scalar.value();
      DoubleUnaryOperator function =
          switch (scalar.kind()) {
            case ADD -> x -> x + v;
            case SUBTRACT_FROM -> x -> v - x;
            case MULTIPLY -> x -> x * v;
            case DIVIDE -> x -> x / v;
          };
      return Arrays.stream(inputs.get(0).data()).map(function).toArray();
    }
    return ReferenceKernels.elementwise(function(op), inputs, shape);
  }

  private static DoubleBinaryOperator function(Arithmetic op) {
    if (op instanceof Arithmetic.Add) {
      return (a, b) -> a + b;
    } else if (op instanceof Arithmetic.Sub) {
      return (a, b) -> a - b;
    } else if (op instanceof Arithmetic.Mul) {
      return (a, b) -> a * b;
    } else if (op instanceof Arithmetic.Div) {
      return (a, b) -> a / b;
    } else if (op instanceof Arithmetic.Maximum) {
      return Math::max;
    } else if (op instanceof Arithmetic.Minimum) {
      return Math::min;
    }
    throw new IllegalArgumentException("no reference for " + op);
  }

  private static double[] layer(Layer layer, ReferenceValue in, Shape shape) {
    if (layer instanceof Conv2d conv) {
      double[] weight = ReferenceKernels.widen(conv.weight().toFloats());
      double[] sums =
          ReferenceKernels.conv(
              in, weight, conv.weight().shape(), conv.window(), conv.groups(), shape);
      return ReferenceKernels.scaleAndShift(sums, shape, 1, Optional.empty(), conv.bias());
    } else if (layer instanceof Linear linear) {
      double[] weight = ReferenceKernels.widen(linear.weight().toFloats());
      double[] sums = ReferenceKernels.linear(in, weight, linear.inFeatures(), shape);
      return ReferenceKernels.scaleAndShift(
          sums, shape, shape.rank() - 1, Optional.empty(), linear.bias());
    } else if (layer instanceof BatchNorm norm) {
      return ReferenceKernels.batchNorm(in, norm);
    } else if (layer instanceof ConvTranspose2d conv) {
      double[] sums = ReferenceLayers.convTranspose(in, conv, shape);
      return ReferenceKernels.scaleAndShift(sums, shape, 1, Optional.empty(), conv.bias());
    } else if (layer instanceof Prelu prelu) {
      return ReferenceLayers.prelu(in, prelu.weight().toFloats());
    } else if (layer instanceof Embedding embedding) {
      return ReferenceLayers.embedding(in, embedding.weight());
    } else if (layer instanceof LayerNorm norm) {
      return ReferenceLayers.layerNorm(in, norm);
    } else if (layer instanceof GroupNorm norm) {
      return ReferenceLayers.groupNorm(in, norm);
    }
    throw new IllegalArgumentException("no reference for " + layer);
  }

  private static ReferenceValue quantized(Quantized op, List<ReferenceValue> inputs, Shape shape) {
    ReferenceValue in = inputs.get(0);
    double[] reals;
    boolean relu = false;
    if (op instanceof QuantizedConv2d conv) {
      double[] sums =
          ReferenceKernels.conv(
              in,
              ReferenceKernels.int8(conv.weight()),
              conv.weight().shape(),
              conv.window(),
              conv.groups(),
              shape);
      reals = rescaled(sums, in, conv.scales(), conv.bias(), shape, 1);
      relu = conv.relu();
    } else if (op instanceof QuantizedLinear linear) {
      int inFeatures = linear.weight().shape().dim(1);
      double[] sums =
          ReferenceKernels.linear(in, ReferenceKernels.int8(linear.weight()), inFeatures, shape);
      reals = rescaled(sums, in, linear.scales(), linear.bias(), shape, shape.rank() - 1);
      relu = linear.relu();
    } else if (op instanceof QuantizedAdd add) {
      reals = ReferenceKernels.elementwise((a, b) -> a + b, inputs, shape);
      relu = add.relu();
    } else if (op instanceof QuantizedMul mul) {
      reals = ReferenceKernels.elementwise((a, b) -> a * b, inputs, shape);
      relu = mul.relu();
    } else if (op instanceof QuantizedConcat concat) {
      reals = ReferenceKernels.concat(inputs, shape, shape.axis(concat.axis()));
    } else {
      throw new IllegalArgumentException("no reference for " + op);
    }
    if (relu) {
      reals = ReferenceKernels.clamp(reals, 0, Double.POSITIVE_INFINITY);
    }
    return ReferenceValue.quantized(shape, reals, op.out());
  }

  private static double[] rescaled(
      double[] sums,
      ReferenceValue in,
      Tensor scales,
      Optional<Tensor> bias,
      Shape shape,
      int axis) {
    double inScale = in.params().orElseThrow().scale();
    double[] real = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      real[i] = sums[i] * inScale;
    }
    return ReferenceKernels.scaleAndShift(real, shape, axis, Optional.of(scales), bias);
  }

  private static double[] activation(Activation op, ReferenceValue in) {
    if (op instanceof Relu) {
      return ReferenceKernels.clamp(in.data(), 0, Double.POSITIVE_INFINITY);
    } else if (op instanceof Clamp clamp) {
      double step = in.params().map(p -> (double) p.scale()).orElse(1.0);
      double low = in.params().isPresent() ? Math.rint(clamp.low() / step) : clamp.low();
      double high = in.params().isPresent() ? Math.rint(clamp.high() / step) : clamp.high();
      return ReferenceKernels.clamp(in.data(), low, high);
    } else if (op instanceof Softmax softmax) {
      return ReferenceKernels.softmax(in, in.shape().axis(softmax.axis()));
    } else if (op instanceof LogSoftmax softmax) {
      double[] shares = ReferenceKernels.softmax(in, in.shape().axis(softmax.axis()));
      return Arrays.stream(shares).map(Math::log).toArray();
    } else if (op instanceof Dropout) {
      return in.data();
    } else if (op instanceof Pointwise pointwise) {
      return Arrays.stream(in.data()).map(x -> pointwise(pointwise.function(), x)).toArray();
    } else if (op instanceof LeakyRelu leaky) {
      return Arrays.stream(in.data()).map(x -> x > 0 ? x : leaky.slope() * x).toArray();
    } else if (op instanceof Elu elu) {
      return Arrays.stream(in.data()).map(x -> elu(elu, x)).toArray();
    }
    throw new IllegalArgumentException("no reference for " + op);
  }

  private static double elu(Elu elu, double x) {
    return elu.scale() * (x > 0 ? x : elu.alpha() * Math.expm1(elu.inputScale() * x));
  }

  private static double pointwise(Activation.Function function, double x) {
    double hard = Math.min(Math.max(x + 3, 0), 6) / 6;
    return switch (function) {
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case SILU -> x / (1 + Math.exp(-x));
      case HARDSWISH -> x * hard;
      case HARDSIGMOID -> hard;
      case GELU -> x * 0.5 * (1 + Erf.erf(x / Math.sqrt(2)));
      case MISH -> x * Math.tanh(Math.log1p(Math.exp(x)));
      case SOFTPLUS -> Math.log1p(Math.exp(x));
      case EXP -> Math.exp(x);
      case ABS -> Math.abs(x);
      case NEG -> -x;
    };
  }

  private static double[] pooling(Pooling op, ReferenceValue in, Shape shape) {
    if (op instanceof MaxPool2d pool) {
      return ReferenceKernels.maxPool(in, pool.window(), shape);
    } else if (op instanceof AvgPool2d pool) {
      return ReferenceKernels.avgPool(in, pool.window(), pool.countPadding(), shape);
    } else if (op instanceof AdaptiveAvgPool2d) {
      return ReferenceKernels.adaptiveAvgPool(in, shape);
    } else if (op instanceof Mean mean) {
      List<Integer> axes = mean.axes().stream().map(in.shape()::axis).toList();
      return ReferenceKernels.mean(in, axes, shape);
    } else if (op instanceof Reduce reduce) {
      return ReferenceResampling.reduce(in, reduce, shape);
    } else if (op instanceof Resize resize) {
      return ReferenceResampling.resize(in, resize);
    }
    throw new IllegalArgumentException("no reference for " + op);
  }

  private static float[] narrowed(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
