package io.edgefrontier.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.DatasetSource;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import io.edgefrontier.network.BuiltInNetworks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphTrainerTest {
  private static final float[] PLANE = {0, 0, 0, 1, 1, 0, 1, 1, 4, 4, 4, 5, 5, 4, 5, 7};
  private static final Samples TWO_CLUSTERS =
      new Samples(Shape.of(2), 2, PLANE, new int[] {0, 0, 0, 0, 1, 1, 1, 1});

  @Test
  void theLossFallsAndTheSeedDecidesTheResult() throws IOException {
    Samples digits = DatasetSource.load("digits", 7).training().first(300);
    Graph untrained = BuiltInNetworks.create("SmallCNN", digits.shape(), 10, 7);
    List<EpochReport> reports = new ArrayList<>();
    TrainingOptions options = new TrainingOptions(3, 32, 0.01f, 7);
    Graph trained = GraphTrainer.train(untrained, digits, options, reports::add);
    assertEquals(3, reports.size());
    assertEquals(3, reports.get(0).epochs());
    assertTrue(reports.get(2).loss() < 0.97 * reports.get(0).loss(), reports::toString);
    assertTrue(
        reports.get(2).trainingAccuracy() > reports.get(0).trainingAccuracy(), reports::toString);
    assertEquals(trained, GraphTrainer.train(untrained, digits, options, report -> {}));
    TrainingOptions otherSeed = new TrainingOptions(3, 32, 0.01f, 8);
    assertNotEquals(trained, GraphTrainer.train(untrained, digits, otherSeed, report -> {}));
  }

  @Test
  void goesOnFromTheTensorsThatTheGraphHas() throws IOException {
    Graph graph = classifier();
    double[] lastLoss = new double[1];
    Graph trained =
        GraphTrainer.train(
            graph, TWO_CLUSTERS, new TrainingOptions(60, 8, 0.1f, 1), r -> lastLoss[0] = r.loss());
    GraphTrainer.train(
        trained,
        TWO_CLUSTERS,
        new TrainingOptions(1, 8, 1e-6f, 1),
        report -> assertTrue(report.loss() <= lastLoss[0], report::toString));
  }

  // Unbiased variance of the batch and a share of 0.1, as torch.nn.BatchNorm1d has by default.
  @Test
  void batchNormStatisticsMoveByATenthOfTheBatch() throws IOException {
    Graph graph = classifier();
    Graph trained =
        GraphTrainer.train(graph, TWO_CLUSTERS, new TrainingOptions(1, 8, 0.01f, 1), report -> {});
    Layer.BatchNorm norm = (Layer.BatchNorm) trained.node("norm").op();
    float[] mean = norm.mean().toFloats();
    float[] variance = norm.variance().toFloats();
    for (int feature = 0; feature < 2; feature++) {
      double sum = 0;
      for (int i = feature; i < PLANE.length; i += 2) {
        sum += PLANE[i];
      }
      double squares = 0;
      for (int i = feature; i < PLANE.length; i += 2) {
        squares += Math.pow(PLANE[i] - sum / 8, 2);
      }
      assertEquals(0.1 * sum / 8, mean[feature], 1e-6);
      assertEquals(0.9 + 0.1 * squares / 7, variance[feature], 1e-5);
    }
  }

  @Test
  void aSoftmaxAtTheEndIsKeptButNotTrainedThrough() throws IOException {
    Graph plain = classifier();
    List<Node> nodes = new ArrayList<>(plain.nodes());
    nodes.add(new Node("softmax", new Activation.Softmax(1), List.of("fc")));
    Graph ended = new Graph("ended", plain.sampleShape(), nodes, List.of("softmax"));
    TrainingOptions options = new TrainingOptions(2, 4, 0.01f, 1);
    Graph trained = GraphTrainer.train(ended, TWO_CLUSTERS, options, report -> {});
    assertEquals(List.of("softmax"), trained.outputs());
    assertEquals(
        GraphTrainer.train(plain, TWO_CLUSTERS, options, report -> {}).node("fc"),
        trained.node("fc"));
  }

  @Test
  void nodesThatShareATensorStillShareItAfterwards() throws IOException {
    Tensor shared = Tensor.ofFloats(Shape.of(2, 2), new float[] {1, 0.5f, -0.5f, 1});
    Layer.Linear linear = new Layer.Linear(shared, Optional.empty());
    Graph graph = chain(linear, new Activation.Relu(), linear);
    Graph trained =
        GraphTrainer.train(graph, TWO_CLUSTERS, new TrainingOptions(1, 8, 0.1f, 1), report -> {});
    Tensor first = ((Layer.Linear) trained.nodes().get(0).op()).weight();
    assertNotEquals(shared, first);
    assertSame(first, ((Layer.Linear) trained.nodes().get(2).op()).weight());
  }

  @Test
  void keepsNothingInNativeMemory() throws IOException {
    Graph graph = classifier();
    TrainingOptions options = new TrainingOptions(5, 3, 0.01f, 1);
    GraphTrainer.train(graph, TWO_CLUSTERS, options, report -> {});
    int before = NativeArrays.unowned();
    GraphTrainer.train(graph, TWO_CLUSTERS, options, report -> {});
    assertEquals(before, NativeArrays.unowned());
  }

  @Test
  void operatorsThatCannotBeTrainedAreNamed() throws IOException {
    assertEquals(
        "op0: Cast cannot be trained; train the float32 network before its precision is lowered",
        failure(chain(new Conversion.Cast(DType.FLOAT32)), TWO_CLUSTERS, 4));
    Window dilated = new Window(Size2d.of(2), Size2d.of(1), Size2d.of(0), Size2d.of(2));
    Graph pooled =
        new Graph(
            "pooled",
            Shape.of(2, 3, 3),
            List.of(
                new Node("pool", new Pooling.MaxPool2d(dilated, false), List.of(Graph.INPUT)),
                new Node("mean", new Pooling.Mean(List.of(2, 3), false), List.of("pool"))),
            List.of("mean"));
    Samples images = new Samples(Shape.of(2, 3, 3), 2, new float[36], new int[] {0, 1});
    assertEquals("pool: a max pooling with dilation cannot be trained", failure(pooled, images, 2));
  }

  @Test
  void samplesThatDoNotFitAreAnError() throws IOException {
    Graph graph = classifier();
    Samples three = new Samples(Shape.of(3), 2, new float[6], new int[] {0, 1});
    assertEquals("chain takes samples of shape 2, got 3", failure(graph, three, 2));
    Samples manyClasses = new Samples(Shape.of(2), 5, new float[4], new int[] {0, 4});
    assertEquals(
        "chain gives 1x2 for one sample, 5 classes need 1x5", failure(graph, manyClasses, 2));
    assertEquals(
        "chain has batch norm, which needs batches of 2 or more samples, got 1",
        failure(graph, TWO_CLUSTERS, 1));
    assertEquals(
        "chain has no parameters to train", failure(chain(new Activation.Relu()), TWO_CLUSTERS, 4));
    assertEquals("there are no training samples", failure(graph, TWO_CLUSTERS.first(0), 4));
    assertEquals(
        "chain has outputs [norm, fc]; a classifier has one",
        failure(graph.withOutputs(List.of("norm", "fc")), TWO_CLUSTERS, 4));
  }

  @Test
  void aLossThatIsNoNumberStopsTraining() throws IOException {
    Graph graph = chain(new Arithmetic.Mul());
    Samples huge = new Samples(Shape.of(2), 2, new float[] {1e30f, 0, 0, 1e30f}, new int[] {1, 0});
    Tensor weight = Tensor.ofFloats(Shape.of(2, 2), new float[] {1, 0, 0, 1});
    Graph squares =
        new Graph(
            "squares",
            Shape.of(2),
            List.of(
                graph.nodes().get(0),
                new Node("fc", new Layer.Linear(weight, Optional.empty()), List.of("op0"))),
            List.of("fc"));
    var error =
        assertThrows(
            ArithmeticException.class,
            () ->
                GraphTrainer.train(
                    squares, huge, new TrainingOptions(1, 2, 0.1f, 1), report -> {}));
    assertEquals(
        "the loss of epoch 1 is NaN; train with a lower learning rate", error.getMessage());
  }

  @Test
  void optionsAreChecked() throws IOException {
    assertThrows(IllegalArgumentException.class, () -> new TrainingOptions(0, 1, 0.1f, 1));
    assertThrows(IllegalArgumentException.class, () -> new TrainingOptions(1, 0, 0.1f, 1));
    assertThrows(IllegalArgumentException.class, () -> new TrainingOptions(1, 1, Float.NaN, 1));
  }

  @Test
  void aSingleLeftOverSampleJoinsTheBatchBefore() throws IOException {
    Samples seven = TWO_CLUSTERS.first(7);
    assertEquals(2, new TrainingBatches(seven, 3, 1).perEpoch());
    assertEquals(3, new TrainingBatches(seven, 3, 1).batch(0).labels().length);
    assertEquals(4, new TrainingBatches(seven, 3, 1).batch(1).labels().length);
    assertEquals(3, new TrainingBatches(TWO_CLUSTERS, 3, 1).perEpoch());
    assertEquals(2, new TrainingBatches(TWO_CLUSTERS, 3, 1).batch(2).labels().length);
    assertEquals(1, new TrainingBatches(seven, 100, 1).perEpoch());
    assertEquals(7, new TrainingBatches(seven, 1, 1).perEpoch());
  }

  @Test
  void shiftsAnImageAndRepeatsItsBorder() throws IOException {
    float[] image = {1, 2, 3, 4, 5, 6};
    assertArrayEquals(
        new float[] {1, 1, 2, 1, 1, 2}, TrainingBatches.shift(image, Shape.of(1, 2, 3), 1, 1));
    assertArrayEquals(
        new float[] {5, 6, 6, 5, 6, 6}, TrainingBatches.shift(image, Shape.of(1, 2, 3), -1, -1));
  }

  private static String failure(Graph graph, Samples samples, int batchSize) {
    TrainingOptions options = new TrainingOptions(1, batchSize, 0.1f, 1);
    return assertThrows(
            IllegalArgumentException.class,
            () -> GraphTrainer.train(graph, samples, options, report -> {}))
        .getMessage();
  }

  /** Batch norm and a linear layer, over two features. */
  private static Graph classifier() throws IOException {
    Tensor ones = Tensor.ofFloats(Shape.of(2), new float[] {1, 1});
    Tensor zeros = Tensor.ofFloats(Shape.of(2), new float[2]);
    Tensor mean = Tensor.ofFloats(Shape.of(2), new float[2]);
    Tensor variance = Tensor.ofFloats(Shape.of(2), new float[] {1, 1});
    Tensor weight = Tensor.ofFloats(Shape.of(2, 2), new float[] {0.3f, -0.2f, 0.1f, 0.4f});
    return new Graph(
        "chain",
        Shape.of(2),
        List.of(
            new Node(
                "norm",
                new Layer.BatchNorm(ones, zeros, mean, variance, 1e-5),
                List.of(Graph.INPUT)),
            new Node("fc", new Layer.Linear(weight, Optional.empty()), List.of("norm"))),
        List.of("fc"));
  }

  /** Operators one after the other, over two features; one with two inputs takes a value twice. */
  private static Graph chain(Op... ops) throws IOException {
    List<Node> nodes = new ArrayList<>();
    String top = Graph.INPUT;
    for (Op op : ops) {
      String name = "op" + nodes.size();
      nodes.add(new Node(name, op, op instanceof Arithmetic ? List.of(top, top) : List.of(top)));
      top = name;
    }
    return new Graph("chain", Shape.of(2), nodes, List.of(top));
  }
}
