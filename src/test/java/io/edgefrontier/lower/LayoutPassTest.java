package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.BatchedType;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where images change their layout, and that no operator takes one layout for the other. */
class LayoutPassTest {
  @TempDir Path folder;

  @Test
  void aNetworkWithoutSuchKernelsStaysAsItIs() {
    NetworkBuilder builder = new NetworkBuilder(1, 3, 6, 6);
    Graph graph = builder.build(builder.mean(builder.relu(builder.conv(Graph.INPUT, 4, 3))));
    assertSame(graph, LayoutPass.apply(graph));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void imagesEnterChannelsLastOnce(int channels) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, channels, 6, 7);
    String left = builder.conv(Graph.INPUT, 4, 3);
    String right = builder.relu(builder.conv(Graph.INPUT, 4, 1));
    String sum = builder.conv(builder.maxPool(builder.mul(left, right)), 5, 3);
    Graph plain = builder.build(builder.linear(builder.flatten(sum), 3));
    for (Kernel kernel : List.of(Kernel.XNNPACK, Kernel.ONEDNN)) {
      Graph graph = KernelLowering.apply(plain, 2, site -> kernel);
      assertEquals(
          "channelslast prepackedconv2d prepackedconv2d mul slice slice maximum slice slice maximum"
              + " prepackedconv2d flatten prepackedlinear",
          ops(graph));
      assertAgrees(plain, graph, builder.samples(3), 3, 1e-5);
    }
  }

  @Test
  void imagesChangeTheirLayoutBeforeTheyAreCast() throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, 3, 6, 7);
    Graph plain = builder.build(builder.mean(builder.conv(Graph.INPUT, 4, 3)));
    Graph half = PrecisionLowering.lower(plain, Precision.BF16, Map.of());
    assertEquals(
        "channelslast cast prepackedconv2d avgpool2d flatten cast",
        ops(KernelLowering.apply(half, 1, site -> Kernel.ONEDNN)));
  }

  @ParameterizedTest
  @CsvSource({"false, '[2, 3]'", "true, '[2, 3]'", "false, '[-1, -2]'", "true, '[3, 2]'"})
  void meansOverImagesBecomePooling(boolean keep, String axes) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, 3, 6, 7);
    List<Integer> over =
        Arrays.stream(axes.replaceAll("[\\[\\] ]", "").split(",", -1))
            .map(Integer::valueOf)
            .toList();
    String mean = builder.op(new Pooling.Mean(over, keep), builder.conv(Graph.INPUT, 4, 3));
    Graph plain = builder.build(builder.relu(mean));
    Graph graph = KernelLowering.apply(plain, 2, site -> Kernel.XNNPACK);
    String flatten = keep ? "" : " flatten";
    assertEquals("channelslast prepackedconv2d avgpool2d" + flatten + " relu", ops(graph));
    assertAgrees(plain, graph, builder.samples(3), 3, 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"2", "1", "3"})
  void otherMeansStay(int axis) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, 3, 6, 7);
    String conv = builder.conv(Graph.INPUT, 4, 3);
    Graph plain = builder.build(builder.op(new Pooling.Mean(List.of(axis), false), conv));
    Graph graph = KernelLowering.apply(plain, 2, site -> Kernel.ONEDNN);
    assertEquals("channelslast prepackedconv2d mean", ops(graph));
    assertAgrees(plain, graph, builder.samples(3), 3, 1e-5);
  }

  @Test
  void aMeanOfWhatWasQuantizedBecomesPooling() throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, 3, 6, 6);
    String conv = builder.relu(builder.conv(Graph.INPUT, 16, 3));
    Graph plain = builder.build(builder.op(new Activation.Softmax(1), builder.mean(conv)));
    float[] input = builder.samples(8);
    Graph int8 =
        PrecisionLowering.lower(
            plain, Precision.INT8, PrecisionLoweringTest.calibrated(plain, input, 8));
    assertEquals("quantize quantizedconv2d dequantize mean softmax", ops(int8));
    Graph graph = KernelLowering.apply(int8, 2, site -> Kernel.XNNPACK);
    assertEquals(
        "quantize channelslast quantizedconv2d dequantize avgpool2d flatten softmax", ops(graph));
    float[] expected = ReferenceInterpreter.run(plain, input, 8).get(0);
    float[] found = KernelRuns.run(graph, input, 8, folder).get(0);
    assertTrue(KernelRuns.worstShare(expected, found) < 0.02);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void quantizedImagesAreChannelsLast(int channels) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, channels, 6, 6);
    String conv = builder.conv(builder.relu(builder.conv(Graph.INPUT, 8, 3)), 4, 3);
    Graph plain = builder.build(builder.linear(builder.flatten(conv), 5));
    float[] input = builder.samples(8);
    Graph int8 =
        PrecisionLowering.lower(
            plain, Precision.INT8, PrecisionLoweringTest.calibrated(plain, input, 8));
    assertAgrees(int8, KernelLowering.apply(int8, 1, site -> Kernel.ATEN), input, 8, 1e-2);
  }

  @ParameterizedTest
  @EnumSource(names = {"XNNPACK", "ONEDNN"})
  void opaqueCallsGetTheOrderOfTheAxes(Kernel kernel) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, 3, 6, 6);
    String conv = builder.relu(builder.conv(Graph.INPUT, 4, 3));
    // The view refuses channels-last images.
    Opaque.Call view =
        new Opaque.Call(
            "torch.view",
            new Opaque.Origin("line 1", "unknown", 3),
            "torch.view(${0}, [-1, 144])",
            List.of(batched(Shape.of(1, 4, 6, 6))),
            List.of(),
            List.of(batched(Shape.of(1, 144))),
            false,
            OptionalLong.of(0));
    Graph plain = builder.build(builder.flatten(conv));
    Graph opaque = builder.build(builder.op(view, conv));
    Graph graph = KernelLowering.apply(opaque, 2, site -> kernel);
    assertEquals("channelslast prepackedconv2d flatten contiguous call", ops(graph));
    float[] input = builder.samples(3);
    float[] expected = ReferenceInterpreter.run(plain, input, 3).get(0);
    float[] found = KernelRuns.run(graph, input, 3, folder).get(0);
    assertTrue(KernelRuns.worstShare(expected, found) <= 1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "XNNPACK, 3, 2x8x8", "XNNPACK, 3, 4x8x8", "XNNPACK, 3, 3x7x8", "XNNPACK, 3, 3x16x4",
    "XNNPACK, 1, 1x7x8", "XNNPACK, 1, 1x16x4", "XNNPACK, 1, 2x8x8", "XNNPACK, 1, 3x8x8",
    "ONEDNN, 3, 2x8x8", "ONEDNN, 3, 3x7x8", "ONEDNN, 1, 1x7x8"
  })
  void imagesOfAnotherSizeAreRefused(Kernel kernel, int channels, String given) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, channels, 8, 8);
    Graph plain = builder.build(builder.mean(builder.conv(Graph.INPUT, 4, 3)));
    Path archive = folder.resolve("net.pt");
    TorchScriptWriter.write(KernelLowering.apply(plain, 1, site -> kernel), archive);
    Shape wrong = Shape.parse(given).batched(2);
    try (InferenceSession session = InferenceSession.open(archive)) {
      float[] values = new float[Math.toIntExact(wrong.elements())];
      String message =
          assertThrows(IllegalStateException.class, () -> session.run(values, wrong)).getMessage();
      assertTrue(message.contains("does not run on an input of shape " + wrong), message);
      assertEquals(8, session.run(builder.samples(2), Shape.of(2, channels, 8, 8)).get(0).length);
    }
  }

  private static BatchedType batched(Shape one) {
    List<Boolean> batched = new ArrayList<>(Collections.nCopies(one.rank(), false));
    batched.set(0, true);
    return new BatchedType(new TensorType(DType.FLOAT32, one), batched);
  }

  private static String ops(Graph graph) {
    return graph.nodes().stream()
        .map(node -> node.op().getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  private void assertAgrees(Graph plain, Graph graph, float[] input, int batch, double tolerance)
      throws IOException {
    float[] expected = ReferenceInterpreter.run(plain, input, batch).get(0);
    float[] found = KernelRuns.run(graph, input, batch, folder).get(0);
    double share = KernelRuns.worstShare(expected, found);
    assertTrue(share <= tolerance, () -> "differs by " + share);
  }
}
