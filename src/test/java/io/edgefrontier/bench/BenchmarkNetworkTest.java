package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.lower.BatchNormFolder;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BenchmarkNetworkTest {
  @TempDir private Path folder;

  // The figures that the papers' authors and torchvision's documentation give.
  @ParameterizedTest
  @CsvSource({
    "resnet18, 3x224x224, 1000, 11689512, 1.814e9",
    "mobilenet-v2, 3x224x224, 1000, 3504872, 0.3008e9",
    "mobilenet-v1-0.25, 3x96x96, 2, 213586, 7.5e6",
    "resnet8, 3x32x32, 10, 77946, 12.5e6",
  })
  void hasThePublishedSize(String label, String sample, int classes, long parameters, double macs) {
    Graph graph = BenchmarkNetwork.parse(label).create();

    assertEquals(Shape.parse(sample), graph.sampleShape());
    assertEquals(Shape.of(3, classes), graph.types(3).get(graph.outputs().get(0)).shape());
    assertEquals(parameters, graph.parameters());
    assertEquals(macs, (double) graph.macs(), 0.003 * macs);
    assertEquals(label, graph.name());
  }

  /** Its 221,794 values count means, variances and biases that the batch norms would cancel. */
  @Test
  void mobilenetHasTheValuesOfMlPerfTinysVisualWakeWords() {
    Graph graph = BenchmarkNetwork.MOBILENET_V1.create();
    long values =
        graph.stored().stream()
            .map(StoredTensor::tensor)
            .mapToLong(t -> t.shape().elements())
            .sum();
    long biases =
        graph.nodes().stream()
            .filter(node -> node.op() instanceof BatchNorm)
            .mapToLong(node -> ((BatchNorm) node.op()).channels())
            .sum();

    assertEquals(221_794, values + biases);
  }

  @ParameterizedTest
  @EnumSource(BenchmarkNetwork.class)
  void foldsEveryBatchNorm(BenchmarkNetwork network) {
    Graph folded = BatchNormFolder.fold(network.create());

    assertTrue(folded.nodes().stream().noneMatch(node -> node.op() instanceof BatchNorm));
  }

  @ParameterizedTest
  @EnumSource(BenchmarkNetwork.class)
  void keepsEveryActivationWithinWhatHalfFloatsHold(BenchmarkNetwork network) throws IOException {
    Graph folded = BatchNormFolder.fold(network.create());
    List<String> values = folded.nodes().stream().map(Node::name).toList();
    Path file = folder.resolve("observed.pt");
    TorchScriptWriter.write(folded.withOutputs(values), file);

    List<float[]> activations = outputs(file, folded.sampleShape());
    for (int i = 0; i < values.size(); i++) {
      float largest = 0;
      for (float value : activations.get(i)) {
        // Denormal in half floats is anything below 6e-5: as rare here as in trained networks.
        assertTrue(value == 0 || Math.abs(value) >= Float.MIN_NORMAL, values.get(i) + ": " + value);
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest > 0.01 && largest < 100, values.get(i) + " reaches " + largest);
    }
  }

  @ParameterizedTest
  @EnumSource(BenchmarkNetwork.class)
  void givesFiniteAnswersInEveryPrecision(BenchmarkNetwork network) throws IOException {
    Graph graph = network.create();
    NetworkArchives archives = new NetworkArchives(graph, folder);
    for (Precision precision : Precision.values()) {
      Path file = archives.archive(precision, NetworkArchives.PLAIN, 1);
      for (float answer : outputs(file, graph.sampleShape()).get(0)) {
        assertTrue(Float.isFinite(answer), precision + ": " + answer);
      }
    }
  }

  @Test
  void namesTheChoices() {
    var unknown =
        assertThrows(IllegalArgumentException.class, () -> BenchmarkNetwork.parse("vgg16"));
    assertEquals(
        "unknown benchmark network 'vgg16'; available: SmallCNN, resnet8, ds-cnn, mlp,"
            + " mobilenet-v1-0.25, resnet18, mobilenet-v2",
        unknown.getMessage());
  }

  private static List<float[]> outputs(Path archive, Shape sample) throws IOException {
    Shape shape = sample.batched(1);
    try (InferenceSession session = InferenceSession.open(archive)) {
      return session.run(VariantUnderTest.uniform(shape), shape);
    }
  }
}
