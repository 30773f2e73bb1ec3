package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Activation.Function;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Prepacked.PrepackedConv2d;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Window;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kind of layer with every activation, alone and with a sum, as each kernel computes it on
 * the engine, against the plain operators in plain Java. All are outputs of one network.
 */
class KernelOnEngineTest {
  private static final int PACKED_FOR = 4;
  private static final int CHANNELS = 4;

  @TempDir Path folder;

  private final NetworkBuilder builder = new NetworkBuilder(11, CHANNELS, 9, 11);
  private final Map<String, String> outputs = new LinkedHashMap<>();

  /** A convolution of {@link #CHANNELS} channels. */
  private record Conv(String what, int out, Window window, int groups, boolean bias) {}

  private static final List<Conv> CONVS =
      List.of(
          new Conv("3x3", 6, Window.square(3, 1, 1), 1, true),
          new Conv("3x3 stride 2, no bias", 8, Window.square(3, 2, 1), 1, false),
          new Conv(
              "3x2 of unequal steps, dilated",
              5,
              new Window(new Size2d(3, 2), new Size2d(2, 1), new Size2d(1, 0), new Size2d(1, 2)),
              1,
              true),
          new Conv("two groups", 6, Window.square(3, 1, 0), 2, true),
          new Conv("depthwise", CHANNELS, Window.square(3, 1, 1), CHANNELS, true),
          new Conv("depthwise, no bias", CHANNELS, Window.square(3, 2, 1), CHANNELS, false),
          new Conv("depthwise, two each", 2 * CHANNELS, Window.square(3, 1, 1), CHANNELS, true),
          new Conv("1x1", 16, Window.square(1, 1, 0), 1, true),
          new Conv("1x1 stride 2, no bias", 3, Window.square(1, 2, 0), 1, false),
          new Conv("5x5 beyond the edge", 4, Window.square(5, 3, 4), 1, true));

  private static final List<Optional<Activation>> ACTIVATIONS =
      List.of(
          Optional.empty(),
          Optional.of(new Activation.Relu()),
          Optional.of(new Activation.Clamp(0, 6)),
          Optional.of(new Activation.Clamp(-0.5, 0.25)),
          Optional.of(new Activation.LeakyRelu(0.1)),
          Optional.of(new Activation.Pointwise(Function.HARDSWISH)),
          Optional.of(new Activation.Pointwise(Function.SILU)),
          Optional.of(new Activation.Pointwise(Function.SIGMOID)),
          Optional.of(new Activation.Pointwise(Function.TANH)),
          Optional.of(new Activation.Pointwise(Function.GELU)));

  // The reference rounds to 16 bits after each operator, a fused kernel once: a few units in the
  // last place of the largest value, which are 2^-8 of it for bfloat16 and 2^-11 for float16.
  @ParameterizedTest
  @CsvSource({
    "XNNPACK, FP32, 1e-5",
    "ONEDNN, FP32, 1e-5",
    "ONEDNN, BF16, 0.012",
    "ONEDNN, FP16, 0.0025"
  })
  void kernelsComputeWhatThePlainOperatorsDo(Kernel kernel, Precision precision, double tolerance)
      throws IOException {
    Graph plain = PrecisionLowering.lower(layers(), precision, Map.of());
    DType dtype = DTYPES.get(precision);
    assumeTrue(
        KernelRuns.oneDnnHas(dtype, folder), () -> "oneDNN has no kernels for " + dtype + " here");
    Graph graph = KernelLowering.apply(plain, PACKED_FOR, site -> kernel);
    long layers = plain.nodes().stream().filter(KernelOnEngineTest::isLayer).count();
    assertEquals(layers, KernelRuns.packed(graph));
    long sums = kernel == Kernel.ONEDNN ? (long) CONVS.size() * ACTIVATIONS.size() : 0;
    assertEquals(sums, graph.nodes().stream().filter(KernelOnEngineTest::adds).count());
    for (int batch : new int[] {1, PACKED_FOR, 3}) {
      float[] input = builder.samples(batch);
      List<float[]> expected = ReferenceInterpreter.run(plain, input, batch);
      List<float[]> found = KernelRuns.run(graph, input, batch, folder);
      List<String> wrong = new ArrayList<>();
      int output = 0;
      for (String what : outputs.values()) {
        double share = KernelRuns.worstShare(expected.get(output), found.get(output));
        if (!(share <= tolerance)) {
          wrong.add("%s: %.2g".formatted(what, share));
        }
        output++;
      }
      assertTrue(wrong.isEmpty(), () -> "batch of " + batch + ", differ by: " + wrong);
    }
  }

  private static final Map<Precision, DType> DTYPES =
      Map.of(
          Precision.FP32, DType.FLOAT32,
          Precision.BF16, DType.BFLOAT16,
          Precision.FP16, DType.FLOAT16);

  private static boolean isLayer(Node node) {
    return node.op() instanceof Layer;
  }

  private static boolean adds(Node node) {
    return node.op() instanceof PrepackedConv2d conv && conv.sum();
  }

  private Graph layers() {
    for (Conv conv : CONVS) {
      for (Optional<Activation> then : ACTIVATIONS) {
        output(conv.what(), conv(conv), then);
        output(conv.what() + " + other", builder.add(conv(conv), conv(conv)), then);
      }
    }
    String flat = builder.flatten(Graph.INPUT);
    for (Optional<Activation> then : ACTIVATIONS) {
      output("linear", builder.linear(flat, 7), then);
      output("linear of images", builder.linear(Graph.INPUT, 5), then);
      output("linear + other", builder.add(builder.linear(flat, 3), builder.linear(flat, 3)), then);
    }
    return builder.build(outputs.keySet().toArray(String[]::new));
  }

  private String conv(Conv conv) {
    return builder.conv(Graph.INPUT, conv.out(), conv.window(), conv.groups(), conv.bias());
  }

  private void output(String what, String value, Optional<Activation> then) {
    String name = then.isPresent() ? builder.op(then.get(), value) : value;
    outputs.put(name, what + then.map(op -> " then " + op).orElse(""));
  }
}
