package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import io.edgefrontier.variant.Precision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionLoweringTest {
  private final NetworkBuilder builder = new NetworkBuilder(1, 3, 8, 8);

  static Map<String, QuantParams> calibrated(Graph graph, float[] input, int batch) {
    Map<String, float[]> values =
        ReferenceInterpreter.values(BatchNormFolder.fold(graph), input, batch);
    Map<String, QuantParams> params = new LinkedHashMap<>();
    for (String value : PrecisionLowering.observedValues(graph)) {
      ActivationObserver observer = Calibration.HISTOGRAM.observer();
      observer.observe(values.get(value));
      params.put(value, observer.params());
    }
    return params;
  }

  private Graph int8(Graph graph) {
    return PrecisionLowering.lower(
        graph, Precision.INT8, calibrated(graph, builder.samples(16), 16));
  }

  /** Returns the operators in order, by name of their class. */
  private static List<String> ops(Graph graph) {
    return graph.nodes().stream().map(node -> node.op().getClass().getSimpleName()).toList();
  }

  /** Returns the largest error against the float network, as a share of its largest output. */
  private double error(Graph graph, Graph lowered) {
    float[] input = builder.samples(4);
    float[] expected = ReferenceInterpreter.run(graph, input, 4).get(0);
    float[] found = ReferenceInterpreter.run(lowered, input, 4).get(0);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - found[i]));
    }
    return error / largest;
  }

  private Graph residualNetwork() {
    String stem = builder.relu(builder.batchNorm(builder.conv(Graph.INPUT, 8, 3)));
    String inner = builder.relu(builder.batchNorm(builder.conv(stem, 6, 3)));
    String add = builder.relu(builder.add(builder.batchNorm(builder.conv(inner, 8, 3)), stem));
    String dropped = builder.op(new Activation.Dropout(), builder.mean(add));
    return builder.build(builder.linear(dropped, 5));
  }

  @Test
  void foldsAndFusesAResidualNetwork() {
    Graph graph = residualNetwork();
    Graph lowered = int8(graph);
    assertEquals(
        List.of(
            "Quantize",
            "QuantizedConv2d",
            "QuantizedConv2d",
            "QuantizedConv2d",
            "QuantizedAdd",
            "Dequantize",
            "Mean",
            "Linear"),
        ops(lowered));
    assertEquals(
        List.of("input", "relu2", "relu5", "conv2d6", "relu9"),
        PrecisionLowering.observedValues(graph));
    assertTrue(error(graph, lowered) < 0.05, () -> "error " + error(graph, lowered));
    assertEquals(graph.macs(), lowered.macs());
    assertTrue(lowered.storedBytes() < graph.storedBytes() / 2);
  }

  @Test
  void quantizesWeightsPerChannelAndSymmetric() {
    float[] values = {1, -2.54f, 0, 0, 0.5f, 0.25f};
    Tensor weight = Tensor.ofFloats(Shape.of(3, 2), values);
    WeightQuantizer quantizer = new WeightQuantizer(weight);
    assertArrayEquals(
        new float[] {2.54f / 127, 1, 0.75f / 127}, quantizer.scales().toFloats(), 1e-9f);
    byte[] steps = new byte[6];
    quantizer.weight().buffer().get(steps);
    assertArrayEquals(new byte[] {50, -127, 0, 0, 85, 42}, steps);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new WeightQuantizer(Tensor.ofFloats(Shape.of(1), new float[] {Float.NaN})))
            .getMessage();
    assertEquals("a weight is NaN; int8 needs finite ones", message);
  }

  @Test
  void keepsPairsOfWeightsWithinSixteenBitSums() {
    for (int seed = 0; seed < 200; seed++) {
      Tensor weight = new NetworkBuilder(seed, 1).uniform(9, -1, 1);
      Tensor filter = Tensor.ofFloats(Shape.of(1, 9), weight.toFloats());
      ByteBuffer steps = new WeightQuantizer(filter).weight().buffer();
      int largest = 0;
      for (int i = 0; i < 9; i++) {
        for (int j = 0; j < i; j++) {
          largest = Math.max(largest, Math.abs(steps.get(i) + steps.get(j)));
        }
      }
      assertTrue(largest >= 126 && largest <= 128, "pair sum " + largest);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0235, 0, false", "0.03, 0, true", "0.02, 128, true", "0.02, 0, false"})
  void runsAClampOnlyWhereSaturationDoesNotDoItsWork(float scale, int zeroPoint, boolean needed) {
    String clamp = builder.op(new Activation.Clamp(0, 6), builder.conv(Graph.INPUT, 4, 3));
    Graph graph = builder.build(clamp);
    QuantParams params = new QuantParams(scale, zeroPoint);
    Graph lowered =
        PrecisionLowering.lower(
            graph, Precision.INT8, Map.of(Graph.INPUT, new QuantParams(0.01f, 128), clamp, params));
    assertEquals(needed, ops(lowered).contains("Clamp"));
    for (float value : ReferenceInterpreter.run(lowered, builder.samples(2), 2).get(0)) {
      assertTrue(value >= 0 && value <= 6 + scale);
    }
  }

  @Test
  void keepsAnActivationSeparateWhereTheSumIsReadElsewhere() {
    String conv = builder.conv(Graph.INPUT, 4, 3);
    String relu = builder.relu(conv);
    Graph graph = builder.build(builder.linear(builder.mean(builder.mul(conv, relu)), 3));
    assertEquals(
        List.of(
            "Quantize", "QuantizedConv2d", "Relu", "QuantizedMul", "Dequantize", "Mean", "Linear"),
        ops(int8(graph)));
    assertEquals(List.of("input", conv, "mul2"), PrecisionLowering.observedValues(graph));
  }

  @Test
  void dequantizesForOperatorsWithoutAnIntegerKernelAndOnlyOnce() {
    String conv = builder.conv(Graph.INPUT, 4, 3);
    String softmax = builder.op(new Activation.Softmax(1), conv);
    String padded = builder.op(new Reshaping.Pad(1, 1, 1, 1, 0.25), conv);
    String next = builder.conv(padded, 4, Window.square(3, 1, 0), 1, true);
    String last = builder.add(next, softmax);
    Graph lowered = int8(builder.build(last));
    assertEquals(
        List.of(
            "Quantize",
            "QuantizedConv2d",
            "Dequantize",
            "Softmax",
            "Pad",
            "Quantize",
            "QuantizedConv2d",
            "Dequantize",
            "Add"),
        ops(lowered));
    assertTrue(error(builder.build(last), lowered) < 0.05);
  }

  @Test
  void runsConcatPoolingAndDepthwiseOnQuantizedValues() {
    String a = builder.relu(builder.conv(Graph.INPUT, 4, 3));
    String b = builder.op(new Activation.Clamp(0, 6), builder.depthwise(a));
    String pooled = builder.maxPool(builder.concat(a, b));
    String average = builder.op(new Pooling.AvgPool2d(Window.square(2, 2, 0), false, true), pooled);
    String one = builder.op(new Pooling.AdaptiveAvgPool2d(Size2d.of(1)), average);
    String hidden = builder.relu(builder.linear(builder.flatten(one), 6));
    Graph graph = builder.build(builder.op(new Activation.Softmax(1), builder.linear(hidden, 3)));
    Graph lowered = int8(graph);
    assertEquals(
        List.of(
            "Quantize",
            "QuantizedConv2d",
            "QuantizedConv2d",
            "QuantizedConcat",
            "MaxPool2d",
            "AvgPool2d",
            "AdaptiveAvgPool2d",
            "Flatten",
            "QuantizedLinear",
            "Dequantize",
            "Linear",
            "Softmax"),
        ops(lowered));
    assertTrue(error(graph, lowered) < 0.05, () -> "error " + error(graph, lowered));
  }

  @Test
  void addsInFloatWhereShapesDiffer() {
    String a = builder.conv(Graph.INPUT, 4, 3);
    String b = builder.conv(builder.op(new Pooling.AdaptiveAvgPool2d(Size2d.of(1)), a), 4, 1);
    List<String> ops = ops(int8(builder.build(builder.add(a, b))));
    assertFalse(ops.contains("QuantizedAdd"));
    assertTrue(ops.contains("Add"));
  }

  @Test
  void neverConvertsAValueBackThatItHasAlready() {
    Graph lowered = int8(residualNetwork());
    Set<String> conversions =
        lowered.nodes().stream()
            .filter(node -> node.op() instanceof Conversion)
            .map(Node::name)
            .collect(Collectors.toSet());
    for (Node node : lowered.nodes()) {
      assertFalse(
          node.op() instanceof Conversion && conversions.contains(node.inputs().get(0)),
          () -> node.name() + " converts what was converted");
    }
  }

  @Test
  void refusesANetworkThatHasNothingToQuantize() {
    Graph graph = builder.build(builder.linear(builder.flatten(Graph.INPUT), 3));
    String message =
        assertThrows(IllegalArgumentException.class, () -> PrecisionLowering.observedValues(graph))
            .getMessage();
    assertEquals(
        "test: int8 needs a convolution, or a linear layer before the last, which stays float32;"
            + " found none",
        message);
  }

  @Test
  void namesTheValueWhoseRangeIsMissing() {
    Graph graph = residualNetwork();
    Map<String, QuantParams> params = new LinkedHashMap<>(calibrated(graph, builder.samples(2), 2));
    params.remove("relu5");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> PrecisionLowering.lower(graph, Precision.INT8, params))
            .getMessage();
    assertEquals("test: no activation range for 'relu5'; calibration must observe it", message);
  }

  @ParameterizedTest
  @EnumSource
  void refusesANetworkThatWasLoweredBefore(Precision precision) {
    Graph half = PrecisionLowering.lower(residualNetwork(), Precision.BF16, Map.of());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> PrecisionLowering.lower(half, precision, Map.of()))
            .getMessage();
    assertEquals(
        "test: Cast at 'input.bfloat16' shows that its precision was lowered already;"
            + " give the float32 network",
        message);
  }

  @Test
  void fp32IsTheFoldedNetwork() {
    Graph graph = residualNetwork();
    assertEquals(
        BatchNormFolder.fold(graph), PrecisionLowering.lower(graph, Precision.FP32, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"BF16, BFLOAT16, 0.02", "FP16, FLOAT16, 0.002"})
  void computesInHalfBetweenFloatEnds(Precision precision, DType dtype, double tolerance) {
    Graph graph = residualNetwork();
    Graph lowered = PrecisionLowering.lower(graph, precision, Map.of());
    List<String> ops = ops(lowered);
    assertEquals("Cast", ops.get(0));
    assertEquals("Cast", ops.get(ops.size() - 1));
    assertEquals(2, ops.stream().filter("Cast"::equals).count());
    for (StoredTensor stored : lowered.stored()) {
      assertEquals(dtype, stored.tensor().dtype());
    }
    assertEquals(BatchNormFolder.fold(graph).storedBytes(), 2 * lowered.storedBytes());
    assertTrue(error(graph, lowered) < tolerance, () -> "error " + error(graph, lowered));
  }

  @Test
  void keepsSoftmaxInFloat32() {
    String softmax =
        builder.op(new Activation.Softmax(1), builder.linear(builder.flatten(Graph.INPUT), 3));
    Graph lowered = PrecisionLowering.lower(builder.build(softmax), Precision.FP16, Map.of());
    assertEquals(List.of("Cast", "Flatten", "Linear", "Cast", "Softmax"), ops(lowered));
    assertEquals(List.of(softmax), lowered.outputs());
  }

  @Test
  void keepsSharedWeightsShared() {
    String first = builder.conv(Graph.INPUT, 3, 3);
    String second = builder.op(builder.build(first).node(first).op(), first);
    Graph graph = builder.build(second);
    Graph half = PrecisionLowering.lower(graph, Precision.BF16, Map.of());
    assertSame(
        ((Conv2d) half.node(first).op()).weight(), ((Conv2d) half.node(second).op()).weight());
    Graph int8 = int8(graph);
    assertSame(
        ((QuantizedConv2d) int8.node(first).op()).weight(),
        ((QuantizedConv2d) int8.node(second).op()).weight());
  }

  @Test
  void keepsValueNamesApartWhenAConversionWouldTakeOne() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node("input.bfloat16", new Activation.Relu(), List.of(Graph.INPUT)));
    Graph graph = new Graph("test", Shape.of(2), nodes, List.of("input.bfloat16"));
    Graph lowered = PrecisionLowering.lower(graph, Precision.BF16, Map.of());
    assertEquals(
        List.of("input.bfloat16_", "input.bfloat16", "input.bfloat16.float32"),
        lowered.nodes().stream().map(Node::name).toList());
  }
}
