package io.edgefrontier.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In evaluation mode the block that trains computes what the archive of its graph computes. */
class GraphBlockTest {
  private static final int BATCH = 3;

  private final Random random = new Random(5);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"SmallCNN", "resnet8", "ds-cnn", "mlp"})
  void agreesWithTheArchiveOfABuiltInNetwork(String name) throws IOException {
    assertSameOutputs(BuiltInNetworks.create(name, Shape.of(1, 20, 18), 4, 3));
  }

  @Test
  void agreesWithTheArchiveOnEveryOperator() throws IOException {
    assertSameOutputs(everyOperator());
  }

  private void assertSameOutputs(Graph graph) throws IOException {
    Shape shape = graph.sampleShape().batched(BATCH);
    float[] input = random(Math.toIntExact(shape.elements()), 0);
    Path archive = folder.resolve("net.pt");
    TorchScriptWriter.write(graph, archive);
    try (InferenceSession session = InferenceSession.open(archive);
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      GraphBlock block = new GraphBlock(graph);
      block.initialize(manager, DataType.FLOAT32, Operators.shape(shape));
      assertEquals(
          graph.types(BATCH).get(graph.outputs().get(0)).shape().toString(),
          graphShape(
              block.getOutputShapes(new ai.djl.ndarray.types.Shape[] {Operators.shape(shape)})[0]));
      NDList output =
          block.forward(
              new ParameterStore(manager, false),
              new NDList(manager.create(input, Operators.shape(shape))),
              false);
      assertArrayEquals(
          session.run(input, shape).get(0), output.singletonOrThrow().toFloatArray(), 1e-4f);
    }
  }

  private static String graphShape(ai.djl.ndarray.types.Shape shape) {
    return Shape.of(Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray())
        .toString();
  }

  private Graph everyOperator() {
    List<Node> nodes = new ArrayList<>();
    Window odd = new Window(new Size2d(3, 2), new Size2d(2, 1), new Size2d(1, 2), new Size2d(1, 2));
    add(nodes, "conv", new Layer.Conv2d(tensor(4, 3, 3, 2), bias(4), odd, 1), Graph.INPUT);
    Tensor variance = Tensor.ofFloats(Shape.of(4), random(4, 2));
    add(nodes, "bn", new Layer.BatchNorm(tensor(4), tensor(4), tensor(4), variance, 1e-3), "conv");
    add(nodes, "clamp", new Activation.Clamp(-0.5, 6), "bn");
    add(nodes, "pad", new Reshaping.Pad(1, 2, 0, 3, -0.25), "clamp");
    Layer.Conv2d grouped =
        new Layer.Conv2d(tensor(8, 2, 3, 3), Optional.empty(), Window.square(3, 1, 1), 2);
    add(nodes, "grouped", grouped, "pad");
    add(nodes, "relu", new Activation.Relu(), "grouped");
    add(nodes, "max", new Pooling.MaxPool2d(Window.square(3, 2, 1), true), "relu");
    Pooling.AvgPool2d average = new Pooling.AvgPool2d(Window.square(3, 2, 1), true, false);
    add(nodes, "average", average, "relu");
    Pooling.AvgPool2d padded = new Pooling.AvgPool2d(Window.square(3, 2, 1), true, true);
    add(nodes, "padded", padded, "relu");
    add(nodes, "sum", new Arithmetic.Add(), "max", "average");
    add(nodes, "product", new Arithmetic.Mul(), "sum", "padded");
    add(nodes, "joined", new Reshaping.Concat(1), "product", "average");
    add(nodes, "dropout", new Activation.Dropout(), "joined");
    String activated = "dropout";
    for (Activation.Function function : Activation.Function.values()) {
      add(nodes, function.torchName(), new Activation.Pointwise(function), activated);
      activated = function.torchName();
    }
    add(nodes, "leaky", new Activation.LeakyRelu(0.1), activated);
    add(nodes, "turned", new Reshaping.Permute(List.of(0, 2, 3, 1)), "leaky");
    add(nodes, "turned_back", new Reshaping.Permute(List.of(0, 3, 1, 2)), "turned");
    add(nodes, "some", new Reshaping.Slice(2, 1, 5, 1), "turned_back");
    add(nodes, "adaptive", new Pooling.AdaptiveAvgPool2d(new Size2d(2, 3)), "some");
    add(nodes, "mean", new Pooling.Mean(List.of(-1, 2), true), "adaptive");
    add(nodes, "scaled", new Arithmetic.Mul(), "adaptive", "mean");
    add(nodes, "shaped", Reshaping.Reshape.ofSample(Shape.of(4, 24)), "scaled");
    add(nodes, "rows", new Layer.Linear(tensor(5, 24), bias(5)), "shaped");
    add(nodes, "flat", new Reshaping.Flatten(1, -1), "rows");
    add(nodes, "fc", new Layer.Linear(tensor(6, 20), Optional.empty()), "flat");
    add(nodes, "softmax", new Activation.Softmax(-1), "fc");
    return new Graph("every", Shape.of(3, 12, 11), nodes, List.of("softmax"));
  }

  private static void add(List<Node> nodes, String name, Op op, String... inputs) {
    nodes.add(new Node(name, op, List.of(inputs)));
  }

  private Optional<Tensor> bias(int size) {
    return Optional.of(tensor(size));
  }

  private Tensor tensor(int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.ofFloats(shape, random(Math.toIntExact(shape.elements()), 0));
  }

  /** Returns values in [centre - 1, centre + 1). */
  private float[] random(int count, float centre) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = centre + 2 * random.nextFloat() - 1;
    }
    return values;
  }
}
