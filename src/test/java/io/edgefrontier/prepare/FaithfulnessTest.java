package io.edgefrontier.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.HandmadeArchive;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaithfulnessTest {
  private static final Path MODELS = Path.of("..", "shared", "models");
  private static final Shape IMAGE = Shape.of(1, 28, 28);
  private static final String CODE = "net/code/__torch__.py";
  private static final Shape ROW = Shape.of(4);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"smallcnn", "mlp", "rescnn"})
  void acceptsWhatPyTorchWrote(String model) throws IOException {
    for (String kind : List.of("traced", "scripted")) {
      Path archive = shared(model + "." + kind + ".pt");
      Graph graph = TorchScriptReader.read(archive, IMAGE);
      Faithfulness.require(archive, graph, Samples.none(IMAGE));
      Faithfulness.require(archive, graph, samples(IMAGE, 3));
    }
  }

  @Test
  void aWeightThatIsOffByOnePercentIsFound() throws IOException {
    Path archive = archive("");
    Graph graph = TorchScriptReader.read(archive, ROW);
    Faithfulness.require(archive, graph, samples(ROW, 8));
    Graph wrong = with(graph, Layer.Linear.class, linear -> scaled(linear, 1.01f));
    String error = error(archive, wrong);
    assertTrue(error.startsWith(archive + ": is not what was read from it: output 1 of a"), error);
    assertTrue(error.contains(" differs by 0.00"), error);
    assertTrue(error.endsWith("; --no-verify goes on with the network as it was read"), error);
    Faithfulness.require(
        archive,
        with(graph, Layer.Linear.class, linear -> scaled(linear, 1.00001f)),
        samples(ROW, 8)); // as far as rounding goes
  }

  @Test
  void anArchiveMayTakeTheBatchAwayWhereItIsOne() throws IOException {
    Path archive = archive(code -> code.replace("return act", "return torch.squeeze(act)"));
    Graph graph = TorchScriptReader.read(archive, ROW);
    assertEquals(Shape.of(1, 2), graph.types(1).get(graph.outputs().get(0)).shape());
    Faithfulness.require(archive, graph, samples(ROW, 8));
  }

  @Test
  void anOutputTooManyIsFound() throws IOException {
    Path archive = archive("");
    Graph both = TorchScriptReader.read(archive, ROW).withOutputs(List.of("fc", "act"));
    assertTrue(error(archive, both).contains("gives 1 outputs, as it was read 2"));
  }

  @Test
  void theFirstOperatorThatDiffersIsNamedWithItsPlace() throws IOException {
    Path archive = archive("");
    Graph wrong =
        with(
            TorchScriptReader.read(archive, ROW),
            Layer.Linear.class,
            linear -> scaled(linear, 1.01f));
    String error = error(archive, wrong);
    assertTrue(
        error.contains(
            "the first operator whose output differs is fc (torch.linear in code/__torch__.py:"
                + " __torch__.Net, line 8), which differs by 0.0"),
        error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"traced", "scripted"})
  void aWrongEpsilonIsFoundInAnArchiveThatPyTorchWrote(String kind) throws IOException {
    Path archive = shared("rescnn." + kind + ".pt");
    Graph graph = TorchScriptReader.read(archive, IMAGE);
    for (String node : List.of("stem.1", "l2.b2", "l3.b1")) {
      Graph wrong =
          graph.withNodes(
              graph.nodes().stream()
                  .map(n -> n.name().equals(node) ? n.with(withEpsilon(n.op(), 0.01)) : n)
                  .toList());
      String error = error(archive, wrong);
      assertTrue(
          error.contains(
              "the first operator whose output differs is %s (torch.batch_norm in code/__torch__"
                  .formatted(node)),
          error);
    }
  }

  private static Op withEpsilon(Op op, double epsilon) {
    Layer.BatchNorm norm = (Layer.BatchNorm) op;
    return new Layer.BatchNorm(norm.weight(), norm.bias(), norm.mean(), norm.variance(), epsilon);
  }

  @Test
  void codeThatTreatsASingleSampleInAnotherWayIsFound() throws IOException {
    Path archive =
        archive(
            """
                if torch.eq(torch.size(input, 0), 1):
                  act = torch.neg(act)
                else:
                  pass
            """);
    Graph graph = TorchScriptReader.read(archive, ROW);
    String error = error(archive, graph);
    assertTrue(
        error.contains("output 1 of a batch of 1 differs by 2.0 of its largest value"), error);
    assertTrue(
        error.contains("every operator by itself gives the same, so the code takes another way"),
        error);
  }

  @Test
  void callsThatWriteInPlaceAreRepeatedAsTheyAre() throws IOException {
    Path archive =
        archive(
            """
                y = torch.relu_(fc)
                act = torch.add(torch.sigmoid(y), fc)
            """);
    Graph graph = TorchScriptReader.read(archive, ROW);
    Faithfulness.require(archive, graph, samples(ROW, 8));
    Graph wrong = with(graph, Activation.Pointwise.class, op -> new Activation.Relu());
    String error = error(archive, wrong);
    assertTrue(
        error.contains("first operator whose output differs is sigmoid (torch.sigmoid"), error);
  }

  @Test
  void listsAndTheSizeOfTheBatchAreRepeatedAsTheyAre() throws IOException {
    Path archive =
        archive(
            """
                a, b = torch.chunk(fc, 2, 1)
                size = [torch.size(input, 0), -1]
                act = torch.sigmoid(torch.view(torch.cat([b, a], 1), size))
            """);
    Graph graph = TorchScriptReader.read(archive, ROW);
    Faithfulness.require(archive, graph, samples(ROW, 8));
    Graph wrong = with(graph, Activation.Pointwise.class, op -> new Activation.Relu());
    String error = error(archive, wrong);
    assertTrue(error.contains("first operator whose output differs is act_1 (torch.sig"), error);
    assertTrue(error.contains("__torch__.Net, line 12), which differs by"), error);
  }

  @Test
  void anArchiveThatReturnsNoneBesidesIsComparedCallByCall() throws IOException {
    Path archive =
        archive(
            code ->
                code.replace("-> Tensor:", "-> Tuple[Tensor, NoneType]:")
                    .replace("return act\n", "return (act, None)\n"));
    Graph graph = TorchScriptReader.read(archive, ROW);
    Faithfulness.require(archive, graph, samples(ROW, 8));
    Graph wrong = with(graph, Layer.Linear.class, linear -> scaled(linear, 1.01f));
    String error = error(archive, wrong);
    assertTrue(
        error.startsWith(
            archive
                + ": is not what was read from it: the first operator whose output differs is fc"),
        error);
  }

  @Test
  void anArchiveThatRaisesAnErrorCannotBeCompared() throws IOException {
    Path archive =
        archive(
            """
                if torch.eq(torch.size(input, 0), 1):
                  ops.prim.RaiseException("one is not enough")
                else:
                  pass
            """);
    String error = error(archive, TorchScriptReader.read(archive, ROW));
    assertTrue(
        error.startsWith(
            archive + ": cannot be compared with what was read from it: the archive: "),
        error);
    assertTrue(error.endsWith("--no-verify goes on without"), error);
  }

  @Test
  void numbersThatAreNoneDiffer() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    assertTrue(difference(new float[] {1, nan, inf}, new float[] {1, nan, inf}).isTolerable());
    assertFalse(difference(new float[] {1, nan}, new float[] {1, 1}).isTolerable());
    assertFalse(difference(new float[] {1, 1}, new float[] {1, nan}).isTolerable());
    assertFalse(difference(new float[] {1, inf}, new float[] {1, -inf}).isTolerable());
    assertFalse(difference(new float[] {0, 0}, new float[] {0, 1e-30f}).isTolerable());
    assertTrue(difference(new float[] {-100, 1}, new float[] {-100, 1.0099f}).isTolerable());
    assertFalse(difference(new float[] {-100, 1}, new float[] {-100, 1.0101f}).isTolerable());
    Tensor two = Tensor.ofFloats(Shape.of(2), new float[2]);
    Tensor other = Tensor.ofFloats(Shape.of(2, 1), new float[2]);
    assertEquals("has shape 2x1, expected 2", OutputDifference.of(two, other).toString());
  }

  private static OutputDifference difference(float[] expected, float[] found) {
    Shape shape = Shape.of(expected.length);
    return OutputDifference.of(Tensor.ofFloats(shape, expected), Tensor.ofFloats(shape, found));
  }

  private static Graph with(Graph graph, Class<? extends Op> kind, UnaryOperator<Op> change) {
    return graph.withNodes(
        graph.nodes().stream()
            .map(node -> kind.isInstance(node.op()) ? node.with(change.apply(node.op())) : node)
            .toList());
  }

  private static Op scaled(Op op, float factor) {
    Layer.Linear linear = (Layer.Linear) op;
    float[] weight = linear.weight().toFloats();
    for (int i = 0; i < weight.length; i++) {
      weight[i] *= factor;
    }
    return new Layer.Linear(Tensor.ofFloats(linear.weight().shape(), weight), linear.bias());
  }

  private String error(Path archive, Graph graph) {
    Samples samples = samples(graph.sampleShape(), 8);
    return assertThrows(IOException.class, () -> Faithfulness.require(archive, graph, samples))
        .getMessage();
  }

  /**
   * Returns an archive of {@code act = sigmoid(fc(input))}.
   *
   * @param more statements after these, each with its indentation and line end
   */
  private Path archive(String more) throws IOException {
    return archive(code -> code.replace("    return act\n", more + "    return act\n"));
  }

  private Path archive(UnaryOperator<String> edit) throws IOException {
    float[] weight = {0.5f, -1, 0.25f, 2, -0.75f, 1, 0.1f, -0.3f};
    Layer.Linear linear =
        new Layer.Linear(Tensor.ofFloats(Shape.of(2, 4), weight), Optional.empty());
    Activation sigmoid = new Activation.Pointwise(Activation.Function.SIGMOID);
    Graph graph =
        new Graph(
            "net",
            ROW,
            List.of(
                new Node("fc", linear, List.of(Graph.INPUT)),
                new Node("act", sigmoid, List.of("fc"))),
            List.of("act"));
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(graph, file);
    HandmadeArchive archive = HandmadeArchive.of(file);
    String code = new String(archive.get(CODE), StandardCharsets.UTF_8);
    assertTrue(code.contains("    return act\n"), code);
    return archive.put(CODE, edit.apply(code)).write(file);
  }

  private static Path shared(String name) {
    Path file = MODELS.resolve(name);
    assumeTrue(Files.exists(file), "needs PyTorch's archives in " + MODELS);
    return file;
  }

  private static Samples samples(Shape shape, int count) {
    float[] values = new float[(int) shape.elements() * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7919 % 2003 / 1001.5f - 1;
    }
    return new Samples(shape, 10, values, new int[count]);
  }
}
