package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of the writer read back as the graphs that they were. */
class TorchScriptReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void floatingPointGraphReadsBackEqual(DType dtype) throws IOException {
    Graph graph = SampleGraphs.floating(dtype);
    assertEquals(graph, readBack(graph));
  }

  @Test
  void quantizedGraphReadsBackEqual() throws IOException {
    assertEquals(SampleGraphs.quantized(), readBack(SampleGraphs.quantized()));
  }

  @Test
  void severalOutputsReadBackEqual() throws IOException {
    Graph graph =
        SampleGraphs.quantized().withOutputs(List.of("conv1", Graph.INPUT, "sum", "head"));
    assertEquals(graph, readBack(graph));
  }

  @Test
  void tensorThatTwoNodesShareIsSharedAgain() throws IOException {
    Tensor weight = Tensor.ofFloats(Shape.of(2, 2), new float[] {1, 2, 3, 4});
    Op linear = new Layer.Linear(weight, Optional.empty());
    Graph graph =
        new Graph(
            "shared",
            Shape.of(2),
            List.of(
                new Node("a", linear, List.of(Graph.INPUT)), new Node("b", linear, List.of("a"))),
            List.of("b"));
    assertEquals(graph, readBack(graph));
    assertEquals(16, readBack(graph).storedBytes());
  }

  @Test
  void namesThatCodeCannotHaveComeBackReplaced() throws IOException {
    Op clamp = new Activation.Clamp(Double.NEGATIVE_INFINITY, 1e-3);
    Graph graph =
        new Graph(
            "names",
            Shape.of(2),
            List.of(
                new Node("layer1.0", clamp, List.of(Graph.INPUT)),
                new Node("layer1_0", clamp, List.of("layer1.0"))),
            List.of("layer1_0"));
    assertEquals(
        List.of("layer1_0", "layer1_0_1"),
        readBack(graph).nodes().stream().map(Node::name).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SmallCNN", "ds-cnn", "mlp", "resnet8"})
  void trainedArchivesOfTheProjectAreRewrittenToTheSameBytes(String network) throws IOException {
    Path original = folder.resolve("original.pt");
    String resource = "/io/edgefrontier/network/" + network + ".digits.pt";
    try (InputStream in = getClass().getResourceAsStream(resource)) {
      Files.copy(in, original);
    }
    Path rewritten = folder.resolve("rewritten.pt");
    TorchScriptWriter.write(TorchScriptReader.read(original, Shape.of(1, 28, 28)), rewritten);
    assertEquals(-1, Files.mismatch(original, rewritten));
  }

  private Graph readBack(Graph graph) throws IOException {
    Path file = folder.resolve("graph.pt");
    TorchScriptWriter.write(graph, file);
    return TorchScriptReader.read(file, graph.sampleShape());
  }
}
