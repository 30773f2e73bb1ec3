package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Small graphs that together use every operator, in every precision. */
final class SampleGraphs {
  static final Shape SAMPLE = Shape.of(2, 8, 8);
  private static final Window ODD =
      new Window(new Size2d(3, 2), new Size2d(2, 1), new Size2d(1, 1), new Size2d(1, 2));

  private final Random random = new Random(7);
  private final List<Node> nodes = new ArrayList<>();
  private String last = Graph.INPUT;

  private SampleGraphs() {}

  /** Every floating-point operator, computed in {@code dtype}. */
  static Graph floating(DType dtype) {
    SampleGraphs g = new SampleGraphs();
    if (dtype != DType.FLOAT32) {
      g.add("to_narrow", new Conversion.Cast(dtype));
    }
    g.add("conv1", g.conv(4, 2, 3, 2, dtype, true, ODD, 1));
    g.add("bn1", g.batchNorm(4, dtype));
    g.add("relu", new Activation.Relu());
    for (Activation.Function function : Activation.Function.values()) {
      g.add(function.torchName(), new Activation.Pointwise(function));
    }
    g.add("leaky", new Activation.LeakyRelu(0.1));
    g.add("pad", new Reshaping.Pad(1, 2, 0, 1, -0.5));
    g.add("conv2", g.conv(4, 1, 3, 3, dtype, false, Window.square(3, 1, 1), 4));
    g.add("clamp", new Activation.Clamp(0, 6));
    String skip = g.last;
    g.add("max", new Pooling.MaxPool2d(Window.square(3, 1, 1), false));
    g.add("sum", new Arithmetic.Add(), g.last, skip);
    g.add("product", new Arithmetic.Mul(), g.last, skip);
    g.add("joined", new Reshaping.Concat(1), g.last, skip, skip);
    g.add("avg", new Pooling.AvgPool2d(Window.square(2, 2, 1), true, false));
    g.add("drop", new Activation.Dropout());
    String before = g.last;
    g.add("turned", new Reshaping.Permute(List.of(0, 2, 3, 1)));
    g.add("turned_back", new Reshaping.Permute(List.of(0, 3, 1, 2)));
    g.add("some", new Reshaping.Slice(2, 1, 3, 1));
    g.add("pool", new Pooling.AdaptiveAvgPool2d(Size2d.of(2)));
    g.add("flat", new Reshaping.Flatten(1, -1));
    g.add("fc1", g.linear(6, 48, dtype, true));
    g.add("mean", new Pooling.Mean(List.of(2, 3), false), before);
    g.add("shaped", Reshaping.Reshape.ofSample(Shape.of(3, 4)));
    g.add("shaped_back", Reshaping.Reshape.ofSample(Shape.of(12)));
    g.add("fc2", g.linear(6, 12, dtype, false));
    g.add("total", new Arithmetic.Add(), "fc1", "fc2");
    g.add("softmax", new Activation.Softmax(1));
    if (dtype != DType.FLOAT32) {
      g.add("to_float", new Conversion.Cast(DType.FLOAT32));
    }
    return g.graph("floating-" + dtype);
  }

  /** Every quantized operator. */
  static Graph quantized() {
    SampleGraphs g = new SampleGraphs();
    QuantParams wide = new QuantParams(0.05f, 100);
    QuantParams positive = new QuantParams(0.02f, 0);
    g.add("quantize", new Conversion.Quantize(new QuantParams(0.03f, 128)));
    g.add("conv1", g.quantizedConv(4, 2, true, Window.square(3, 1, 1), 1, true, positive));
    g.add("conv2", g.quantizedConv(4, 1, false, Window.square(3, 1, 1), 4, false, wide));
    g.add("sum", new Quantized.QuantizedAdd(true, positive), g.last, "conv1");
    g.add("sum2", new Quantized.QuantizedAdd(false, wide), g.last, "conv2");
    g.add("mul", new Quantized.QuantizedMul(true, positive), g.last, "sum");
    g.add("mul2", new Quantized.QuantizedMul(false, wide), g.last, "conv2");
    g.add("cat", new Quantized.QuantizedConcat(1, wide), g.last, "sum");
    g.add("relu", new Activation.Relu());
    g.add("clamp", new Activation.Clamp(0, 4));
    g.add("max", new Pooling.MaxPool2d(Window.square(2, 2, 0), false));
    g.add("avg", new Pooling.AvgPool2d(Window.square(3, 1, 1), false, true));
    g.add("drop", new Activation.Dropout());
    g.add("mean", new Pooling.Mean(List.of(2, 3), false));
    g.add("pool", new Pooling.AdaptiveAvgPool2d(Size2d.of(1)), "avg");
    g.add("flat", new Reshaping.Flatten(1, -1));
    g.add("both", new Quantized.QuantizedAdd(false, wide), g.last, "mean");
    g.add("shaped", Reshaping.Reshape.ofSample(Shape.of(8)));
    g.add("fc1", g.quantizedLinear(6, 8, true, true, positive));
    g.add("fc2", g.quantizedLinear(6, 6, false, false, wide));
    g.add("dequantize", new Conversion.Dequantize());
    g.add("head", g.linear(3, 6, DType.FLOAT32, true));
    return g.graph("quantized");
  }

  /**
   * Returns the float32 graph that {@link #quantized()} approximates: the same operators on real
   * values, with the weights that the int8 ones mean.
   */
  static Graph quantizedInFloat() {
    SampleGraphs g = new SampleGraphs();
    for (Node node : quantized().nodes()) {
      Op op = node.op();
      String name = node.name();
      String[] inputs = node.inputs().toArray(String[]::new);
      boolean relu = false;
      if (op instanceof Conversion) {
        g.add(name, new Activation.Dropout(), inputs);
      } else if (op instanceof Quantized.QuantizedConv2d conv) {
        relu = conv.relu();
        Tensor weight = dequantized(conv.weight(), conv.scales());
        g.add(
            relu ? name + "_linear" : name,
            new Layer.Conv2d(weight, conv.bias(), conv.window(), conv.groups()),
            inputs);
      } else if (op instanceof Quantized.QuantizedLinear linear) {
        relu = linear.relu();
        Tensor weight = dequantized(linear.weight(), linear.scales());
        g.add(relu ? name + "_linear" : name, new Layer.Linear(weight, linear.bias()), inputs);
      } else if (op instanceof Quantized.QuantizedAdd add) {
        relu = add.relu();
        g.add(relu ? name + "_linear" : name, new Arithmetic.Add(), inputs);
      } else if (op instanceof Quantized.QuantizedMul mul) {
        relu = mul.relu();
        g.add(relu ? name + "_linear" : name, new Arithmetic.Mul(), inputs);
      } else if (op instanceof Quantized.QuantizedConcat concat) {
        g.add(name, new Reshaping.Concat(concat.axis()), inputs);
      } else {
        g.add(name, op, inputs);
      }
      if (relu) {
        g.add(name, new Activation.Relu());
      }
    }
    return g.graph("quantized-in-float");
  }

  private static Tensor dequantized(Tensor weight, Tensor scales) {
    int perChannel = (int) weight.shape().elements() / weight.shape().dim(0);
    float[] values = new float[(int) weight.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = weight.buffer().get(i) * scales.toFloats()[i / perChannel];
    }
    return Tensor.ofFloats(weight.shape(), values);
  }

  /** Returns the graph of what was added; it returns the last value. */
  private Graph graph(String name) {
    return new Graph(name, SAMPLE, nodes, List.of(last));
  }

  private void add(String name, Op op, String... inputs) {
    nodes.add(new Node(name, op, inputs.length == 0 ? List.of(last) : List.of(inputs)));
    last = name;
  }

  private Tensor uniform(double low, double high, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return Tensor.ofFloats(shape, values);
  }

  private Op conv(
      int out, int in, int h, int w, DType dtype, boolean bias, Window window, int groups) {
    Tensor weight = uniform(-0.5, 0.5, out, in, h, w).to(dtype);
    return new Layer.Conv2d(
        weight,
        bias ? Optional.of(uniform(-0.5, 0.5, out).to(dtype)) : Optional.empty(),
        window,
        groups);
  }

  private Op linear(int out, int in, DType dtype, boolean bias) {
    return new Layer.Linear(
        uniform(-0.5, 0.5, out, in).to(dtype),
        bias ? Optional.of(uniform(-0.5, 0.5, out).to(dtype)) : Optional.empty());
  }

  private Op batchNorm(int channels, DType dtype) {
    return new Layer.BatchNorm(
        uniform(0.5, 1.5, channels).to(dtype),
        uniform(-0.5, 0.5, channels).to(dtype),
        uniform(-0.5, 0.5, channels).to(dtype),
        uniform(0.5, 1.5, channels).to(dtype),
        1e-5);
  }

  private Op quantizedConv(
      int out, int in, boolean bias, Window window, int groups, boolean relu, QuantParams params) {
    return new Quantized.QuantizedConv2d(
        int8(out, in, 3, 3),
        uniform(0.002, 0.006, out),
        bias ? Optional.of(uniform(-0.5, 0.5, out)) : Optional.empty(),
        window,
        groups,
        relu,
        params);
  }

  private Op quantizedLinear(int out, int in, boolean bias, boolean relu, QuantParams params) {
    return new Quantized.QuantizedLinear(
        int8(out, in),
        uniform(0.002, 0.006, out),
        bias ? Optional.of(uniform(-0.5, 0.5, out)) : Optional.empty(),
        relu,
        params);
  }

  private Tensor int8(int... dims) {
    Shape shape = Shape.of(dims);
    byte[] bytes = new byte[(int) shape.elements()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(255) - 127);
    }
    return Tensor.ofBytes(DType.INT8, shape, bytes);
  }
}
