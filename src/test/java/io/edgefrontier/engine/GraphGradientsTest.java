package io.edgefrontier.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.network.BuiltInNetworks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphGradientsTest {
  private static final Shape SHAPE = Shape.of(1, 12, 12);

  @Test
  void isTheGradientOfTheMeanCrossEntropy() throws IOException {
    // With logits (a, b), both 0, and label 0, the gradient by a row is (share - hit) * x.
    Tensor weight = Tensor.ofFloats(Shape.of(2, 2), new float[4]);
    NetworkBuilder builder = new NetworkBuilder(1, 2);
    Graph graph =
        builder.build(builder.op(new Layer.Linear(weight, Optional.empty()), Graph.INPUT));
    Samples samples =
        new Samples(Shape.of(2), 2, new float[] {2, 4, 6, 8, 1, 3}, new int[] {0, 0, 1});
    List<float[]> found = new ArrayList<>();
    new GraphGradients(graph, samples).forEachBatch(2, batch -> found.add(batch.apply(weight)));
    assertEquals(2, found.size()); // of one and two samples
    assertArrayEquals(new float[] {-1, -2, 1, 2}, found.get(0), 1e-6f);
    assertArrayEquals(new float[] {-1.25f, -1.25f, 1.25f, 1.25f}, found.get(1), 1e-6f);
  }

  @Test
  void leavesBatchNormAndNativeMemoryAsTheyAre() throws IOException {
    Graph graph = BuiltInNetworks.create("resnet8", SHAPE, 4, 1);
    Graph again = BuiltInNetworks.create("resnet8", SHAPE, 4, 1);
    int before = NativeArrays.unowned();
    GraphGradients gradients = new GraphGradients(graph, samples(20));
    List<float[]> first = new ArrayList<>();
    List<float[]> second = new ArrayList<>();
    Tensor stem = ((Layer.Conv2d) graph.nodes().get(0).op()).weight();
    gradients.forEachBatch(7, batch -> first.add(batch.apply(stem)));
    gradients.forEachBatch(7, batch -> second.add(batch.apply(stem)));
    assertEquals(before, NativeArrays.unowned());
    assertEquals(again, graph);
    assertEquals(3, first.size());
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), second.get(i));
    }
  }

  @Test
  void refusesSamplesThatDoNotFit() {
    Graph graph = BuiltInNetworks.create("mlp", Shape.of(1, 10, 10), 4, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> new GraphGradients(graph, samples(4)))
            .getMessage();
    assertTrue(message.contains("takes samples of shape 1x10x10, got 1x12x12"), message);
  }

  private static Samples samples(int count) {
    Random random = new Random(3);
    float[] values = new float[count * 144];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    int[] labels = random.ints(count, 0, 4).toArray();
    return new Samples(SHAPE, 4, values, labels);
  }
}
