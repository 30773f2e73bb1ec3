package io.edgefrontier.graph;

import io.edgefrontier.graph.Activation.Clamp;
import io.edgefrontier.graph.Activation.Dropout;
import io.edgefrontier.graph.Activation.LeakyRelu;
import io.edgefrontier.graph.Activation.Pointwise;
import io.edgefrontier.graph.Activation.Relu;
import io.edgefrontier.graph.Activation.Softmax;
import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.Conversion.Dequantize;
import io.edgefrontier.graph.Conversion.Quantize;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Pooling.AdaptiveAvgPool2d;
import io.edgefrontier.graph.Pooling.AvgPool2d;
import io.edgefrontier.graph.Pooling.MaxPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Quantized.QuantizedAdd;
import io.edgefrontier.graph.Quantized.QuantizedConcat;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.Quantized.QuantizedLinear;
import io.edgefrontier.graph.Quantized.QuantizedMul;
import io.edgefrontier.graph.Reshaping.Concat;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Reshaping.Pad;
import io.edgefrontier.graph.Reshaping.Permute;
import io.edgefrontier.graph.Reshaping.Reshape;
import io.edgefrontier.graph.Reshaping.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    ReferenceValue in = inputs.get(0);
    Shape shape = type.shape();
    if (op instanceof Layer layer) {
      return ReferenceValue.rounded(type, layer(layer, in, shape));
    } else if (op instanceof Quantized quantized) {
      return quantized(quantized, inputs, shape);
    } else if (op instanceof Arithmetic) {
      return ReferenceValue.rounded(type, ReferenceKernels.elementwise(op, inputs, shape));
    } else if (op instanceof Activation activation) {
      return in.like(shape, activation(activation, in));
    } else if (op instanceof Pooling pooling) {
      return in.like(shape, pooling(pooling, in, shape));
    } else if (op instanceof Concat concat) {
      return ReferenceValue.rounded(
          type, ReferenceKernels.concat(inputs, shape, shape.axis(concat.axis())));
    } else if (op instanceof Pad pad) {
      return ReferenceValue.rounded(type, ReferenceKernels.pad(in, pad, shape));
    } else if (op instanceof Permute permute) {
      return ReferenceValue.rounded(type, ReferenceKernels.permute(in, permute.axes(), shape));
    } else if (op instanceof Slice slice) {
      return ReferenceValue.rounded(type, ReferenceKernels.slice(in, slice, shape));
    } else if (op instanceof Flatten || op instanceof Reshape) {
      return in.like(shape, in.data());
    } else if (op instanceof Quantize quantize) {
      return ReferenceValue.quantized(shape, in.reals(), quantize.params());
    } else if (op instanceof Dequantize || op instanceof Cast) {
      return ReferenceValue.rounded(type, in.reals());
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
      reals = ReferenceKernels.elementwise(new Arithmetic.Add(), inputs, shape);
      relu = add.relu();
    } else if (op instanceof QuantizedMul mul) {
      reals = ReferenceKernels.elementwise(new Arithmetic.Mul(), inputs, shape);
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
    } else if (op instanceof Dropout) {
      return in.data();
    } else if (op instanceof Pointwise pointwise) {
      return Arrays.stream(in.data()).map(x -> pointwise(pointwise.function(), x)).toArray();
    } else if (op instanceof LeakyRelu leaky) {
      return Arrays.stream(in.data()).map(x -> x > 0 ? x : leaky.slope() * x).toArray();
    }
    throw new IllegalArgumentException("no reference for " + op);
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
      List<Integer> axes = new ArrayList<>();
      mean.axes().forEach(axis -> axes.add(in.shape().axis(axis)));
      return ReferenceKernels.mean(in, axes, shape);
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
