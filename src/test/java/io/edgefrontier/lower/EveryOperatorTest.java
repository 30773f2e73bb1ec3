package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Attention;
import io.edgefrontier.graph.BatchedType;
import io.edgefrontier.graph.Constant;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Prepacked;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import io.edgefrontier.prune.ChannelPruner;
import io.edgefrontier.variant.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends every permitted operator through every pass. */
class EveryOperatorTest {
  private static final Window HALVING = Window.square(2, 2, 0);
  private static final Opaque.Call HALVES =
      new Opaque.Call(
          "torch.tensor_split",
          new Opaque.Origin("line 1", "unknown", 3),
          "torch.tensor_split(${0}, 2, 1)",
          List.of(images(6)),
          List.of(),
          List.of(images(3), images(3)),
          true,
          OptionalLong.of(0));
  private static final Op ROW = new Pooling.AdaptiveAvgPool2d(new Size2d(1, 6));

  /** Returns every operator class that the sealed hierarchy permits. */
  private static List<Class<?>> permitted(Class<?> type) {
    if (!type.isSealed()) {
      return List.of(type);
    }
    return Stream.of(type.getPermittedSubclasses()).flatMap(t -> permitted(t).stream()).toList();
  }

  /** Builds a network of convolution, the operator under test, and a linear layer. */
  private static String applied(NetworkBuilder builder, String conv, Class<?> op) {
    return switch (op.getSimpleName()) {
      case "Conv2d" -> builder.conv(conv, 6, 3);
      case "Linear" -> builder.relu(builder.linear(builder.flatten(conv), 6));
      case "BatchNorm" -> builder.batchNorm(conv);
      case "Relu" -> builder.relu(conv);
      case "Clamp" -> builder.op(new Activation.Clamp(-0.5, 1.5), conv);
      case "Pointwise" -> builder.op(new Activation.Pointwise(Activation.Function.SILU), conv);
      case "LeakyRelu" -> builder.op(new Activation.LeakyRelu(0.1), conv);
      case "Softmax" -> builder.op(new Activation.Softmax(1), conv);
      case "Dropout" -> builder.op(new Activation.Dropout(), conv);
      case "MaxPool2d" -> builder.op(new Pooling.MaxPool2d(HALVING, true), conv);
      case "AvgPool2d" -> builder.op(new Pooling.AvgPool2d(HALVING, false, true), conv);
      case "AdaptiveAvgPool2d" -> builder.op(new Pooling.AdaptiveAvgPool2d(Size2d.of(3)), conv);
      case "Mean" -> builder.op(new Pooling.Mean(List.of(-1), true), conv);
      case "Add" -> builder.op(new Arithmetic.Add(), conv, builder.conv(conv, 6, 1));
      case "Mul" -> builder.op(new Arithmetic.Mul(), conv, builder.conv(conv, 6, 1));
      case "Flatten" -> builder.op(new Reshaping.Flatten(2, 3), conv);
      case "Reshape" -> builder.op(Reshaping.Reshape.ofSample(Shape.of(6, 4, 9)), conv);
      case "Permute" -> builder.op(new Reshaping.Permute(List.of(0, 2, 3, 1)), conv);
      case "Slice" -> builder.op(new Reshaping.Slice(1, 2, 5, 1), conv);
      case "Concat" -> builder.op(new Reshaping.Concat(1), conv, builder.conv(conv, 6, 1));
      case "Pad" -> builder.op(new Reshaping.Pad(1, 0, 2, 1, 0.5), conv);
      default -> appliedInSequence(builder, conv, op);
    };
  }

  /** Goes on with the operators that sequences, decoders and transformers bring. */
  private static String appliedInSequence(NetworkBuilder builder, String conv, Class<?> op) {
    return switch (op.getSimpleName()) {
      case "ConvTranspose2d" -> builder.convTranspose(conv, 4, 2);
      case "Prelu" -> builder.op(new Layer.Prelu(builder.uniform(6, 0.1f, 0.4f)), conv);
      case "Embedding" -> builder.embedding(builder.indices(builder.flatten(conv), 5, 4), 4, 3);
      case "LayerNorm" -> builder.layerNorm(conv, 2);
      case "GroupNorm" -> builder.groupNorm(conv, 3);
      case "Elu" -> builder.op(new Activation.Elu(0.7, 1.2, 0.9), conv);
      case "LogSoftmax" -> builder.op(new Activation.LogSoftmax(1), conv);
      case "Reduce" ->
          builder.op(new Pooling.Reduce(Pooling.Reduce.Kind.AMAX, List.of(2), false), conv);
      case "ArgMax" -> {
        String largest = builder.op(new Pooling.ArgMax(1, false), builder.flatten(conv));
        String real = builder.op(new Conversion.Cast(DType.FLOAT32), largest);
        String row = builder.op(new Reshaping.Unsqueeze(1), real);
        yield builder.op(new Arithmetic.WithScalar(Arithmetic.WithScalar.Kind.DIVIDE, 216), row);
      }
      case "Resize" ->
          builder.op(new Pooling.Resize(Pooling.Resize.Mode.BILINEAR, Size2d.of(9), false), conv);
      case "Sub" -> builder.op(new Arithmetic.Sub(), conv, builder.conv(conv, 6, 1));
      case "Div" -> {
        Op softplus = new Activation.Pointwise(Activation.Function.SOFTPLUS);
        String least =
            builder.op(new Arithmetic.WithScalar(Arithmetic.WithScalar.Kind.ADD, 1), conv(builder));
        yield builder.op(new Arithmetic.Div(), conv, builder.op(softplus, least));
      }
      case "Maximum" -> builder.op(new Arithmetic.Maximum(), conv, builder.conv(conv, 6, 1));
      case "Minimum" -> builder.op(new Arithmetic.Minimum(), conv, builder.conv(conv, 6, 1));
      case "WithScalar" ->
          builder.op(
              new Arithmetic.WithScalar(Arithmetic.WithScalar.Kind.SUBTRACT_FROM, 0.5), conv);
      case "MatMul" -> builder.op(new Arithmetic.MatMul(), conv, builder.conv(conv, 6, 1));
      case "Unsqueeze" -> builder.op(new Reshaping.Unsqueeze(2), conv);
      case "Squeeze" -> builder.op(new Reshaping.Squeeze(2), builder.op(ROW, conv));
      case "Select" -> builder.op(new Reshaping.Select(3, 4), conv);
      case "Expand" ->
          builder.op(new Reshaping.Expand(List.of(-1, -1, 4, -1)), builder.op(ROW, conv));
      case "Attention" -> {
        String queries = builder.op(Reshaping.Reshape.ofSample(Shape.of(6, 36)), conv);
        String keys = builder.linear(queries, 4);
        yield builder.op(
            new Attention(true, Optional.of(0.3)), keys, builder.linear(queries, 4), queries);
      }
      case "Constant" -> {
        Tensor shift = builder.uniform(6 * 36, -1, 1);
        String rows = builder.op(new Constant(shift, true));
        String placed = builder.op(new Reshaping.Reshape(List.of(6, 6, 6)), rows);
        yield builder.op(new Arithmetic.Add(), conv, placed);
      }
      case "Call" -> builder.op(HALVES, conv);
      case "Result" -> builder.op(Opaque.result(HALVES, 1), builder.op(HALVES, conv), conv);
      default -> throw new AssertionError("extend this test by " + op);
    };
  }

  private static BatchedType images(int channels) {
    return new BatchedType(
        new TensorType(DType.FLOAT32, Shape.of(1, channels, 6, 6)),
        List.of(true, false, false, false));
  }

  private static String conv(NetworkBuilder builder) {
    return builder.conv(Graph.INPUT, 6, 3);
  }

  private static Stream<Class<?>> floatOperators() {
    return permitted(Op.class).stream()
        .filter(
            op ->
                !Conversion.class.isAssignableFrom(op)
                    && !Quantized.class.isAssignableFrom(op)
                    && !Prepacked.class.isAssignableFrom(op)
                    && op != Arithmetic.AddRelu.class);
  }

  @ParameterizedTest
  @MethodSource("floatOperators")
  void passesThroughPruningAndEveryPrecision(Class<?> op) {
    NetworkBuilder builder = new NetworkBuilder(5, 2, 6, 6);
    String tested = applied(builder, builder.conv(Graph.INPUT, 6, 3), op);
    String features = builder.shape(tested).rank() == 2 ? tested : builder.flatten(tested);
    Graph graph = builder.build(builder.linear(features, 4));
    assertTrue(graph.nodes().stream().anyMatch(node -> op.isInstance(node.op())));
    for (double level : new double[] {0, 0.5}) {
      Graph pruned = ChannelPruner.prune(graph, level);
      assertTrue(level == 0 || pruned.macs() <= graph.macs());
      float[] input = builder.samples(8);
      Map<String, QuantParams> ranges = PrecisionLoweringTest.calibrated(pruned, input, 8);
      for (Precision precision : Precision.values()) {
        assertClose(pruned, PrecisionLowering.lower(pruned, precision, ranges), input, precision);
      }
    }
  }

  private static void assertClose(Graph graph, Graph lowered, float[] input, Precision precision) {
    double tolerance =
        switch (precision) {
          case FP32 -> 1e-5;
          case FP16 -> 4e-3;
          case BF16 -> 3e-2;
          case INT8 -> 8e-2;
        };
    float[] expected = ReferenceInterpreter.run(graph, input, 8).get(0);
    float[] found = ReferenceInterpreter.run(lowered, input, 8).get(0);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - found[i]));
    }
    double share = error / largest;
    assertTrue(share < tolerance, () -> precision + " differs by " + share + " of " + graph);
  }

  private static Graph fusedSum() {
    NetworkBuilder builder = new NetworkBuilder(6, 2, 6, 6);
    String sum = builder.add(conv(builder), conv(builder));
    return KernelPass.apply(builder.build(builder.relu(sum)), 1, site -> Kernel.ATEN);
  }

  private static Graph contiguous() {
    NetworkBuilder builder = new NetworkBuilder(6, 2, 6, 6);
    return builder.build(builder.op(new Conversion.Contiguous(), conv(builder)));
  }

  @Test
  void loweredOperatorsAreRefusedByEveryPass() {
    Map<Class<?>, Graph> graphs = new LinkedHashMap<>();
    NetworkBuilder builder = new NetworkBuilder(6, 2, 6, 6);
    String a = builder.relu(builder.conv(Graph.INPUT, 6, 3));
    String b = builder.relu(builder.conv(a, 6, 3));
    String joined = builder.concat(builder.add(a, b), builder.mul(a, b));
    String hidden = builder.relu(builder.linear(builder.flatten(joined), 5));
    Graph graph = builder.build(builder.linear(hidden, 4));
    Graph int8 =
        PrecisionLowering.lower(
            graph, Precision.INT8, PrecisionLoweringTest.calibrated(graph, builder.samples(4), 4));
    int8.nodes().forEach(node -> graphs.put(node.op().getClass(), int8));
    Graph half = PrecisionLowering.lower(graph, Precision.FP16, Map.of());
    graphs.put(Conversion.Cast.class, half);
    Graph kernels = KernelLowering.apply(graph, 1, site -> Kernel.XNNPACK);
    kernels.nodes().forEach(node -> graphs.putIfAbsent(node.op().getClass(), kernels));
    graphs.put(Arithmetic.AddRelu.class, fusedSum());
    graphs.put(Conversion.Contiguous.class, contiguous());

    List<Class<?>> lowered = new ArrayList<>(permitted(Op.class));
    lowered.removeAll(floatOperators().toList());
    assertTrue(graphs.keySet().containsAll(lowered), () -> "not tested: " + lowered);
    for (Class<?> op : lowered) {
      Graph net = graphs.get(op);
      for (Precision precision : Precision.values()) {
        assertThrows(
            IllegalArgumentException.class,
            () -> PrecisionLowering.lower(net, precision, Map.of()));
      }
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> ChannelPruner.prune(int8, 0.5))
            .getMessage();
    assertEquals(
        "input.quint8: Quantize cannot be pruned; prune the float network, then lower its"
            + " precision",
        message);
    assertTrue(ChannelPruner.prune(half, 0.5).parameters() < half.parameters());
  }
}
