package io.edgefrontier.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInNetworksTest {
  private static final Shape IMAGE = Shape.of(1, 28, 28);

  @Test
  void namesTheFourNetworks() {
    assertEquals(List.of("SmallCNN", "resnet8", "ds-cnn", "mlp"), BuiltInNetworks.names());
  }

  // Counted by hand from the layers: sum of weights, biases, batch-norm scales and shifts.
  @ParameterizedTest
  @CsvSource({
    "SmallCNN, 1x28x28, 10, 5130",
    "resnet8, 1x28x28, 10, 77658",
    "resnet8, 3x32x32, 10, 77946",
    "ds-cnn, 1x28x28, 10, 21066",
    "mlp, 1x28x28, 10, 109386",
    "mlp, 64, 3, 16771"
  })
  void hasTheParametersOfItsLayers(String name, String shape, int classes, long parameters) {
    Graph graph = BuiltInNetworks.create(name, Shape.parse(shape), classes, 1);
    assertEquals(parameters, graph.parameters());
    assertEquals(Shape.of(5, classes), graph.types(5).get(graph.outputs().get(0)).shape());
    assertEquals(name, graph.name());
  }

  @Test
  void resnet8HalvesItsMapsTwice() {
    Graph graph = BuiltInNetworks.create("resnet8", Shape.of(3, 32, 32), 10, 1);
    assertEquals(Shape.of(1, 16, 32, 32), graph.types(1).get("stack1.relu2").shape());
    assertEquals(Shape.of(1, 32, 16, 16), graph.types(1).get("stack2.relu2").shape());
    assertEquals(Shape.of(1, 64, 8, 8), graph.types(1).get("stack3.relu2").shape());
  }

  @Test
  void matchesNamesWhateverTheirCase() {
    assertEquals("SmallCNN", BuiltInNetworks.create("smallcnn", IMAGE, 10, 1).name());
    assertEquals("ds-cnn", BuiltInNetworks.create("DS-CNN", IMAGE, 10, 1).name());
  }

  @Test
  void theSeedDecidesTheWeights() {
    Graph graph = BuiltInNetworks.create("resnet8", IMAGE, 10, 7);
    assertEquals(graph, BuiltInNetworks.create("resnet8", IMAGE, 10, 7));
    assertNotEquals(graph, BuiltInNetworks.create("resnet8", IMAGE, 10, 8));
  }

  @Test
  void drawsWeightsWithAVarianceOfTwoOverFanIn() {
    Graph graph = BuiltInNetworks.create("mlp", IMAGE, 10, 7);
    float[] weights = ((Layer.Linear) graph.node("fc1").op()).weight().toFloats();
    double sum = 0;
    double squares = 0;
    for (float weight : weights) {
      sum += weight;
      squares += (double) weight * weight;
    }
    assertEquals(0, sum / weights.length, 1e-3);
    assertEquals(2.0 / 784, squares / weights.length, 0.02 * 2.0 / 784);
  }

  @Test
  void unknownNameListsTheChoices() {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> BuiltInNetworks.create("lenet", IMAGE, 10, 1));
    assertEquals(
        "unknown network 'lenet'; available: SmallCNN, resnet8, ds-cnn, mlp", error.getMessage());
  }

  @Test
  void refusesSamplesThatAreNoImagesAndTooFewClasses() {
    var shape =
        assertThrows(
            IllegalArgumentException.class,
            () -> BuiltInNetworks.create("resnet8", Shape.of(784), 10, 1));
    assertEquals(
        "resnet8 takes samples of channels x height x width, got 784; mlp takes any shape",
        shape.getMessage());
    var classes =
        assertThrows(
            IllegalArgumentException.class, () -> BuiltInNetworks.create("mlp", IMAGE, 1, 1));
    assertEquals("a classifier needs 2 or more classes, got 1", classes.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SmallCNN", "resnet8", "ds-cnn", "MLP"})
  void embedsATrainedArchiveOfEach(String name) throws IOException {
    try (InputStream archive = BuiltInNetworks.trainedOnDigits(name).orElseThrow()) {
      assertEquals('P', archive.read());
      assertEquals('K', archive.read());
    }
  }

  @Test
  void hasNoTrainedArchiveOfAnotherNetwork() {
    assertTrue(BuiltInNetworks.trainedOnDigits("lenet").isEmpty());
  }
}
