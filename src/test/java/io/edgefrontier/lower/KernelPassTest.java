package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Activation.Function;
import io.edgefrontier.graph.Constant;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Prepacked;
import io.edgefrontier.graph.Prepacked.PrepackedConv2d;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is fused into a layer, what is not, and that the engine then computes the same. */
class KernelPassTest {
  private static final int BATCH = 2;

  @TempDir Path folder;

  private final NetworkBuilder builder = new NetworkBuilder(5, 4, 6, 6);

  @ParameterizedTest
  @EnumSource(names = {"XNNPACK", "ONEDNN"})
  void reluAndClampAreFused(Kernel kernel) throws IOException {
    String relu = builder.relu(conv(Graph.INPUT));
    String clamp = builder.op(new Activation.Clamp(-0.5, 1), conv(relu));
    String hidden = builder.relu(builder.linear(builder.flatten(clamp), 5));
    assertOps(kernel, "conv+relu conv+clamp flatten linear+relu", hidden);
  }

  @Test
  void onlyOneDnnFusesCurves() throws IOException {
    List<String> outputs = new ArrayList<>();
    for (Function function : List.of(Function.HARDSWISH, Function.SILU, Function.GELU)) {
      outputs.add(builder.op(new Activation.Pointwise(function), conv(Graph.INPUT)));
    }
    outputs.add(builder.op(new Activation.LeakyRelu(0.2), conv(Graph.INPUT)));
    String[] all = outputs.toArray(String[]::new);
    assertOps(Kernel.ONEDNN, "conv+pointwise conv+pointwise conv pointwise conv+leakyrelu", all);
    assertOps(Kernel.XNNPACK, "conv pointwise conv pointwise conv pointwise conv leakyrelu", all);
  }

  @ParameterizedTest
  @EnumSource(names = {"XNNPACK", "ONEDNN"})
  void whatTwoReadIsNotFused(Kernel kernel) throws IOException {
    String conv = conv(Graph.INPUT);
    String both = builder.mul(builder.relu(conv), conv);
    assertOps(kernel, "conv relu mul", both);
  }

  @ParameterizedTest
  @EnumSource(names = {"XNNPACK", "ONEDNN"})
  void anOutputIsNotFused(Kernel kernel) throws IOException {
    String conv = conv(Graph.INPUT);
    String relu = builder.relu(conv);
    assertOps(kernel, "conv relu", conv, relu);
  }

  @Test
  void aSumIsFusedWithItsRelu() throws IOException {
    String stem = builder.relu(conv(Graph.INPUT));
    String inner = builder.relu(conv(stem));
    String sum = builder.relu(builder.add(conv(inner), stem));
    assertOps(Kernel.ONEDNN, "conv+relu conv+relu conv+sum+relu", sum);
    assertOps(Kernel.XNNPACK, "conv+relu conv+relu conv addrelu", sum);
    assertOps(Kernel.ATEN, "conv2d relu conv2d relu conv2d addrelu", sum);
  }

  @Test
  void otherActivationsStayAfterASum() throws IOException {
    List<String> outputs = new ArrayList<>();
    for (Activation then :
        List.of(new Activation.Clamp(0, 6), new Activation.Pointwise(Function.SILU))) {
      String stem = conv(Graph.INPUT);
      outputs.add(builder.op(then, builder.add(conv(Graph.INPUT), stem)));
    }
    String[] all = outputs.toArray(String[]::new);
    assertOps(Kernel.ONEDNN, "conv conv+sum clamp conv conv+sum pointwise", all);
    assertOps(Kernel.XNNPACK, "conv conv add clamp conv conv add pointwise", all);
  }

  @Test
  void theInputIsNotOverwritten() throws IOException {
    assertOps(Kernel.ONEDNN, "conv add", builder.add(conv(Graph.INPUT), Graph.INPUT));
  }

  @Test
  void aViewOfTheInputIsNotOverwritten() throws IOException {
    String view = builder.op(new Activation.Dropout(), Graph.INPUT);
    String sum = builder.relu(builder.add(conv(Graph.INPUT), view));
    assertOps(Kernel.ONEDNN, "dropout conv addrelu", sum);
    String slice = builder.op(new Reshaping.Slice(1, 0, 2, 1), Graph.INPUT);
    String half = builder.conv(Graph.INPUT, 2, 3);
    String expected = "dropout conv addrelu slice conv add";
    assertOps(Kernel.ONEDNN, expected, sum, builder.add(half, slice));
  }

  @Test
  void aStoredTensorIsNotOverwritten() throws IOException {
    float[] values = builder.uniform(4 * 6 * 6, -1, 1).toFloats();
    Tensor tensor = Tensor.ofFloats(Shape.of(1, 4, 6, 6), values);
    String stored = builder.op(new Constant(tensor, false));
    assertOps(Kernel.ONEDNN, "constant conv add", builder.add(conv(Graph.INPUT), stored));
  }

  @Test
  void whatIsReadLaterIsNotOverwritten() throws IOException {
    String stem = conv(Graph.INPUT);
    String sum = builder.add(conv(conv(stem)), stem);
    assertOps(Kernel.ONEDNN, "conv conv conv add mul", builder.mul(sum, stem));
  }

  @Test
  void whatAViewReadsLaterIsNotOverwritten() throws IOException {
    String stem = conv(Graph.INPUT);
    String flat = builder.flatten(stem);
    String sum = builder.add(conv(conv(stem)), stem);
    String after = builder.linear(flat, 3);
    assertOps(Kernel.ONEDNN, "conv flatten conv conv add linear", sum, after);
  }

  @Test
  void anOutputIsNotOverwritten() throws IOException {
    String stem = conv(Graph.INPUT);
    String sum = builder.add(conv(conv(stem)), stem);
    assertOps(Kernel.ONEDNN, "conv conv conv add", sum, stem);
  }

  @Test
  void whatAnInPlaceSumHasTakenIsNotAnotherOutput() throws IOException {
    String stem = conv(Graph.INPUT);
    String sum = builder.relu(builder.add(conv(conv(stem)), stem));
    String next = builder.add(conv(conv(sum)), sum);
    String until = "conv conv conv+sum+relu conv conv";
    assertOps(Kernel.ONEDNN, until + " add", next, sum);
    assertOps(Kernel.ONEDNN, until + "+sum", next);
  }

  @Test
  void aConvolutionDoesNotOverwriteWhatItReads() throws IOException {
    String stem = conv(Graph.INPUT);
    String sum = builder.relu(builder.add(conv(stem), stem));
    assertOps(Kernel.ONEDNN, "conv conv addrelu", sum);
  }

  @Test
  void aBroadcastSumIsNotFused() throws IOException {
    String stem = conv(Graph.INPUT);
    String pooled = builder.op(new Pooling.AdaptiveAvgPool2d(Size2d.of(1)), stem);
    String sum = builder.relu(builder.add(conv(conv(stem)), pooled));
    assertOps(Kernel.ONEDNN, "conv adaptiveavgpool2d conv conv add relu", sum);
  }

  @Test
  void aValuePlusItselfIsNotFused() throws IOException {
    String conv = conv(Graph.INPUT);
    assertOps(Kernel.ONEDNN, "conv add", builder.add(conv, conv));
  }

  @Test
  void aSumOfTwoConvolutionsOverwritesTheFirst() throws IOException {
    String left = conv(Graph.INPUT);
    String right = conv(Graph.INPUT);
    assertOps(Kernel.ONEDNN, "conv conv+sum", builder.add(left, right));
  }

  @Test
  void aLinearLayerAddsNothing() throws IOException {
    String flat = builder.flatten(Graph.INPUT);
    String sum = builder.add(builder.linear(flat, 6), builder.linear(flat, 6));
    assertOps(Kernel.ONEDNN, "flatten linear linear addrelu", builder.relu(sum));
  }

  @Test
  void theValueMayStillBeReadBeforeItIsOverwritten() throws IOException {
    String stem = builder.maxPool(Graph.INPUT);
    String branch = builder.relu(conv(stem));
    String pooled = builder.op(new Pooling.AvgPool2d(Window.square(3, 1, 1), false, true), stem);
    String deep = builder.add(conv(branch), stem);
    assertOps(
        Kernel.ONEDNN, "maxpool2d conv+relu avgpool2d conv+sum mul", builder.mul(deep, pooled));
  }

  @Test
  void aFusedOperatorHasTheNameOfItsLayer() {
    String conv = conv(Graph.INPUT);
    Graph plain = builder.build(builder.relu(conv));
    Graph graph = KernelPass.apply(plain, BATCH, site -> Kernel.XNNPACK);
    assertEquals(List.of(conv), graph.outputs());
    assertEquals(BATCH, ((PrepackedConv2d) graph.node(conv).op()).batch());
  }

  @Test
  void theChoiceIsAskedWithWhatCouldBeFused() {
    String stem = builder.relu(conv(Graph.INPUT));
    String pooled = builder.maxPool(stem);
    String sum = builder.relu(builder.add(conv(builder.maxPool(Graph.INPUT)), pooled));
    List<LayerSite> sites = new ArrayList<>();
    Graph plain = builder.build(builder.linear(builder.mean(sum), 3));
    KernelPass.apply(
        plain,
        BATCH,
        site -> {
          sites.add(site);
          return Kernel.ATEN;
        });
    assertEquals(List.of(false, true, false), sites.stream().map(LayerSite::sum).toList());
    assertEquals(
        List.of(true, true, false), sites.stream().map(site -> site.then().isPresent()).toList());
    assertEquals(BATCH * 4 * 6 * 6 * 4 * 9, sites.get(0).macs());
  }

  private String conv(String input) {
    return builder.conv(input, builder.shape(input).dim(1), 3);
  }

  /** Asserts what a network becomes, and that the engine computes the same as before. */
  private void assertOps(Kernel kernel, String expected, String... outputs) throws IOException {
    Graph plain = pruned(builder.build(outputs));
    Graph graph = KernelPass.apply(plain, BATCH, site -> kernel);
    List<String> ops = graph.nodes().stream().map(KernelPassTest::label).toList();
    assertEquals(expected, String.join(" ", ops));
    for (Graph either : List.of(graph, LayoutPass.apply(graph))) {
      float[] input = builder.samples(BATCH);
      List<float[]> wanted = ReferenceInterpreter.run(plain, input, BATCH);
      List<float[]> found = KernelRuns.run(either, input, BATCH, folder);
      for (int i = 0; i < outputs.length; i++) {
        double share = KernelRuns.worstShare(wanted.get(i), found.get(i));
        int output = i;
        assertTrue(share < 1e-5, () -> "output " + output + " differs by " + share);
      }
    }
  }

  /** Leaves out what the outputs do not need: a test may have built more. */
  private static Graph pruned(Graph graph) {
    List<Node> kept = new ArrayList<>();
    List<String> needed = new ArrayList<>(graph.outputs());
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (needed.contains(node.name())) {
        kept.add(0, node);
        needed.addAll(node.inputs());
      }
    }
    return graph.withNodes(kept);
  }

  private static String label(Node node) {
    String kind = node.op().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    if (!(node.op() instanceof Prepacked packed)) {
      return kind;
    }
    String sum = packed instanceof PrepackedConv2d conv && conv.sum() ? "+sum" : "";
    String then =
        packed
            .then()
            .map(op -> "+" + op.getClass().getSimpleName().toLowerCase(Locale.ROOT))
            .orElse("");
    return (packed instanceof PrepackedConv2d ? "conv" : "linear") + sum + then;
  }
}
