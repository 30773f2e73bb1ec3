package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchNormFolderTest {
  private final NetworkBuilder builder = new NetworkBuilder(1, 3, 6, 6);

  /** Folds and compares every output with the original's, to 1e-5 of the largest. */
  private List<String> folded(Graph graph) {
    Graph folded = BatchNormFolder.fold(graph);
    float[] input = builder.samples(2);
    List<float[]> expected = ReferenceInterpreter.run(graph, input, 2);
    List<float[]> found = ReferenceInterpreter.run(folded, input, 2);
    for (int i = 0; i < expected.size(); i++) {
      float largest = 0;
      for (float value : expected.get(i)) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertArrayEquals(expected.get(i), found.get(i), 1e-5f * largest);
    }
    assertEquals(folded, BatchNormFolder.fold(folded));
    return folded.nodes().stream().map(Node::name).toList();
  }

  @Test
  void foldsIntoAConvolutionWithAndWithoutBias() {
    String plain = builder.conv(Graph.INPUT, 4, Window.square(3, 2, 1), 1, false);
    String relu = builder.relu(builder.batchNorm(plain));
    String depthwise = builder.depthwise(relu);
    String biased = builder.conv(builder.batchNorm(depthwise), 5, 1);
    Graph graph = builder.build(builder.batchNorm(biased));
    assertEquals(List.of(plain, relu, depthwise, biased), folded(graph));
  }

  @Test
  void foldsIntoALinearLayerAndThroughDropoutAndTwice() {
    String linear = builder.linear(builder.flatten(Graph.INPUT), 7);
    String dropped = builder.op(new Activation.Dropout(), linear);
    Graph graph = builder.build(builder.batchNorm(builder.batchNorm(dropped)));
    assertEquals(List.of("flatten0", linear), folded(graph));
  }

  @Test
  void keepsABatchNormWhoseLayerHasAnotherReader() {
    String conv = builder.conv(Graph.INPUT, 4, 3);
    String norm = builder.batchNorm(conv);
    String add = builder.add(norm, conv);
    assertEquals(List.of(conv, norm, add), folded(builder.build(add)));
  }

  @Test
  void keepsABatchNormWhoseLayerHasAnotherReaderThroughDropout() {
    String conv = builder.conv(Graph.INPUT, 4, 3);
    String norm = builder.batchNorm(builder.op(new Activation.Dropout(), conv));
    String add = builder.add(norm, conv);
    assertEquals(List.of(conv, norm, add), folded(builder.build(add)));
  }

  @Test
  void keepsABatchNormWhoseLayerIsAnOutput() {
    String conv = builder.conv(Graph.INPUT, 4, 3);
    String norm = builder.batchNorm(conv);
    assertEquals(List.of(conv, norm), folded(builder.build(norm, conv)));
  }

  @Test
  void keepsABatchNormOverAnAxisThatTheLinearLayerDoesNotMake() {
    String rows = builder.op(Reshaping.Reshape.ofSample(Shape.of(3, 36)), Graph.INPUT);
    String linear = builder.linear(rows, 3);
    String norm = builder.batchNorm(linear);
    assertEquals(List.of(rows, linear, norm), folded(builder.build(norm)));
  }

  @Test
  void keepsABatchNormOfTheInputAndOfOtherOperators() {
    String first = builder.batchNorm(Graph.INPUT);
    String relu = builder.relu(first);
    String second = builder.batchNorm(relu);
    assertEquals(List.of(first, relu, second), folded(builder.build(second)));
  }

  @Test
  void dropsDropoutEvenAsOutput() {
    Graph graph = builder.build(builder.op(new Activation.Dropout(), Graph.INPUT));
    Graph folded = BatchNormFolder.fold(graph);
    assertEquals(List.of(Graph.INPUT), folded.outputs());
    assertEquals(List.of(), folded.nodes());
  }
}
