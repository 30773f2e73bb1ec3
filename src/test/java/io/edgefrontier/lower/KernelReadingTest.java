package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Activation.Function;
import io.edgefrontier.graph.Arithmetic.Add;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Pooling.AvgPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Window;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.HandmadeArchive;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives with kernels read back as the plain networks that they compute. */
class KernelReadingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyLayerAndActivationReadsBack(int channels) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(2, channels, 8, 6);
    String value = builder.op(new Activation.Clamp(0, 6), builder.conv(Graph.INPUT, 4, 3));
    for (Activation then :
        List.of(
            new Activation.Relu(),
            new Activation.Clamp(-1e-3, 2.5e8),
            new Activation.Clamp(Double.NEGATIVE_INFINITY, 1),
            new Activation.LeakyRelu(0.125),
            new Activation.Pointwise(Function.HARDSWISH),
            new Activation.Pointwise(Function.SILU),
            new Activation.Pointwise(Function.SIGMOID),
            new Activation.Pointwise(Function.TANH),
            new Activation.Pointwise(Function.GELU))) {
      value = builder.op(then, builder.conv(value, 4, 3));
      String left = builder.conv(value, 4, Window.square(3, 1, 1), 2, false);
      value = builder.op(then, builder.add(left, builder.depthwise(value)));
      value = builder.add(value, builder.conv(value, 4, 1));
    }
    String hidden =
        builder.op(new Activation.LeakyRelu(0.5), builder.linear(builder.flatten(value), 5));
    Graph plain = builder.build(builder.linear(hidden, 3), value);
    assertReadsBack(plain);
  }

  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16", "FP16"})
  void residualNetworksReadBackInEveryPrecision(Precision precision) throws IOException {
    Graph graph = BuiltInNetworks.create("resnet8", Shape.of(1, 28, 28), 10, 3);
    assertReadsBack(PrecisionLowering.lower(graph, precision, Map.of()));
  }

  @Test
  void quantizedNetworksReadBack() throws IOException {
    NetworkBuilder builder = new NetworkBuilder(2, 1, 8, 8);
    String conv = builder.relu(builder.conv(builder.conv(Graph.INPUT, 4, 3), 4, 3));
    Graph graph = builder.build(builder.linear(builder.flatten(conv), 3));
    assertReadsBack(
        PrecisionLowering.lower(
            graph, Precision.INT8, PrecisionLoweringTest.calibrated(graph, builder.samples(4), 4)));
  }

  @Test
  void layersKeepTheirNames() throws IOException {
    Graph graph = BuiltInNetworks.create("resnet8", Shape.of(3, 32, 32), 10, 3);
    Graph plain = PrecisionLowering.lower(graph, Precision.FP32, Map.of());
    for (Kernel kernel : Kernel.values()) {
      assertEquals(layers(plain), layers(readBack(kernels(plain, kernel))), kernel.label());
    }
  }

  @Test
  void whatIsReadTwiceIsTheSame() throws IOException {
    Graph graph = BuiltInNetworks.create("resnet8", Shape.of(1, 28, 28), 10, 3);
    Graph plain = PrecisionLowering.lower(graph, Precision.FP32, Map.of());
    Graph once = readBack(kernels(plain, Kernel.ONEDNN));
    assertEquals(once, readBack(once));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ONEDNN | \"relu\" | \"gelu\" | argument 'attr' is the text 'gelu', expected one of none",
        "ONEDNN | \"relu\" | \"hardtanh\" | argument 'scalars' is a list of 0, expected a list of 2",
        "ONEDNN | []), None) | []), \"tanh\") | argument 'algorithm' is the text 'tanh', expected None",
        "ONEDNN | \"add\" | \"mul\" | argument 'binary' is the text 'mul', expected \"add\"",
        "ONEDNN | \"add\", None | \"add\", 2 | argument 'alpha' is the integer 2, expected None or 1",
        "ONEDNN | pointwise_(conv2d0 | pointwise_(self.training | argument 'other' is False",
        "XNNPACK | linear_clamp_run(flatten6, self.linear7_packed | "
            + "linear_clamp_run(flatten6, self.conv2d0_packed | argument 'packed' is packed weights,"
            + " expected what linear_clamp_prepack returned",
        "XNNPACK | 0., None) | \"a\", None) | argument 'low' is the text 'a', expected a number",
        "XNNPACK | [-1, 3, 6, 6] | [-1, 3, 6, 7] | cannot expand 1x3x6x6"
      })
  void aWrongArgumentSaysWhatWasFound(Kernel kernel, String right, String wrong, String problem)
      throws IOException {
    NetworkBuilder builder = new NetworkBuilder(2, 3, 6, 6);
    String left = builder.conv(Graph.INPUT, 4, 3);
    String inner = builder.relu(builder.conv(Graph.INPUT, 4, 3));
    String sum = builder.add(builder.conv(inner, 4, 3), left);
    Graph graph = builder.build(builder.linear(builder.flatten(builder.relu(sum)), 3));
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(kernels(graph, kernel), file);
    HandmadeArchive archive = HandmadeArchive.of(file);
    String entry =
        archive.names().stream().filter(n -> n.endsWith("__torch__.py")).findFirst().get();
    String code = new String(archive.get(entry), StandardCharsets.UTF_8);
    assertTrue(code.contains(right), code);
    Path damaged = archive.put(entry, code.replace(right, wrong)).write(folder.resolve("wrong.pt"));
    String message =
        assertThrows(IOException.class, () -> TorchScriptReader.read(damaged, graph.sampleShape()))
            .getMessage();
    assertTrue(message.contains(problem) && message.contains("line "), message);
  }

  private static Graph kernels(Graph plain, Kernel kernel) {
    return KernelLowering.apply(plain, 2, site -> kernel);
  }

  private void assertReadsBack(Graph plain) throws IOException {
    for (Kernel kernel : Kernel.values()) {
      Graph found = readBack(KernelPass.apply(plain, 2, site -> kernel));
      assertEquals(shape(plain), shape(found), kernel.label());
      Graph laidOut = KernelLowering.apply(plain, 2, site -> kernel);
      boolean pooled = laidOut.nodes().stream().anyMatch(node -> node.op() instanceof AvgPool2d);
      assertEquals(shape(pooled ? withPools(plain) : plain), shape(readBack(laidOut)));
    }
  }

  /** Returns a graph whose means over images are pools, as they are laid out best. */
  private static Graph withPools(Graph graph) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Mean) {
        Shape images = graph.types(1).get(node.inputs().get(0)).shape();
        Size2d whole = new Size2d(images.dim(2), images.dim(3));
        Window window = new Window(whole, whole, Size2d.of(0), Size2d.of(1));
        nodes.add(new Node("pool", new AvgPool2d(window, false, true), node.inputs()));
        nodes.add(new Node(node.name(), new Flatten(1, -1), List.of("pool")));
      } else {
        nodes.add(node);
      }
    }
    return graph.withNodes(nodes);
  }

  private Graph readBack(Graph graph) throws IOException {
    Path file = folder.resolve(graph.name() + ".pt");
    TorchScriptWriter.write(graph, file);
    return TorchScriptReader.read(file, graph.sampleShape());
  }

  private static List<String> layers(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> !node.op().stored().isEmpty())
        .map(node -> node.name().replace('.', '_'))
        .toList();
  }

  /** Returns a graph whose nodes are numbered, in an order that their inputs alone decide. */
  private static Graph shape(Graph graph) {
    Map<String, String> names = new HashMap<>(Map.of(Graph.INPUT, Graph.INPUT));
    List<Node> nodes = new ArrayList<>();
    graph.outputs().forEach(output -> visit(graph, output, names, nodes));
    return new Graph(
        "", graph.sampleShape(), nodes, graph.outputs().stream().map(names::get).toList());
  }

  private static void visit(
      Graph graph, String value, Map<String, String> names, List<Node> nodes) {
    if (!names.containsKey(value)) {
      Node node = graph.node(value);
      List<String> read = new ArrayList<>(node.inputs());
      if (node.op() instanceof Add) { // a sum in place does not know which side came first
        List<String> order = graph.nodes().stream().map(Node::name).toList();
        read.sort(Comparator.comparing(order::indexOf));
      }
      read.forEach(input -> visit(graph, input, names, nodes));
      names.put(value, "n" + nodes.size());
      List<String> inputs = read.stream().map(names::get).toList();
      nodes.add(new Node(names.get(value), node.op(), inputs));
    }
  }
}
