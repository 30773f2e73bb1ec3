package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single pieces of code, as tracing writes them, and the nodes that they leave. */
class CodeReadingTest {
  private static final Op RELU = new Activation.Relu();
  private static final Op LINEAR =
      new Layer.Linear(HandmadeArchive.weight(), Optional.of(HandmadeArchive.bias()));

  @TempDir Path folder;

  @Test
  void layersAreNamedByTheirModule() throws IOException {
    assertEquals(
        List.of(
            node("sub", LINEAR, Graph.INPUT),
            node("relu", RELU, "sub"),
            node("relu_1", RELU, "relu"),
            node("sub_1", LINEAR, Graph.INPUT),
            node("add", new Arithmetic.Add(), "relu_1", "sub_1")),
        nodes(
            Shape.of(4),
            "sub = self.sub",
            "_0 = torch.relu((sub).forward(x, ))",
            "_1 = torch.relu(_0)",
            "return torch.add(_1, (getattr(self, \"sub\")).forward(x, ), alpha=1)"));
  }

  @Test
  void addmmWithATransposedWeightIsALinearLayer() throws IOException {
    HandmadeArchive archive =
        HandmadeArchive.ofForward(
            "w = torch.t(torch.t(self.weight))",
            "return torch.addmm(self.bias, x, torch.t(w), beta=1, alpha=1)");
    assertEquals(List.of(node("linear", LINEAR, Graph.INPUT)), read(archive, Shape.of(4)).nodes());
  }

  @Test
  void transposedWeightIsMadeDense() throws IOException {
    Tensor dense = Tensor.ofFloats(Shape.of(4, 2), new float[] {1, 5, 2, 6, 3, 7, 4, 8});
    assertEquals(
        List.of(node("linear", new Layer.Linear(dense, Optional.empty()), Graph.INPUT)),
        nodes(Shape.of(2), "return torch.linear(x, torch.t(self.weight), None)"));
  }

  @Test
  void reshapeKeepsTheBatchFree() throws IOException {
    for (String size :
        List.of(
            "[torch.size(x, 0), 8]",
            "[int(ops.prim.NumToTensor(torch.size(x, 0))), -1]",
            "[(torch.size(x))[0], 8]",
            "[-1, 8]",
            "[1, 8]")) {
      assertEquals(
          List.of(node("reshape", Reshaping.Reshape.ofSample(Shape.of(8)), Graph.INPUT)),
          nodes(Shape.of(2, 4), "return torch.view(x, " + size + ")"));
    }
  }

  @Test
  void inPlaceOperatorsChangeEveryVariableThatHoldsTheTensor() throws IOException {
    assertEquals(
        List.of(
            node("mean", new Pooling.Mean(List.of(2, 3), true), Graph.INPUT),
            node("clamp", new Activation.Clamp(0, 6), "mean"),
            node("relu", RELU, "clamp"),
            node("add", new Arithmetic.Add(), "relu", "relu")),
        nodes(
            Shape.of(2, 4, 4),
            "y = torch.mean(x, [2, 3], True, dtype=None)",
            "z = torch.alias(torch.to(torch.detach(y), 6, False, False, None))",
            "_0 = torch.hardtanh_(z, 0., 6.)",
            "_1 = torch.relu_(y)",
            "return torch.add(y, z)"));
  }

  @Test
  void copiesThatMayShareTheirStorageAreNeverReadStale() throws IOException {
    for (String copy :
        List.of(
            "torch.contiguous(y)",
            "torch.contiguous(y, memory_format=2)",
            "torch.to(y, 6, False, True)",
            "torch.to(y, 6, False, False, 2)")) {
      String[] untouched = {"y = torch.relu(x)", "z = " + copy, "return torch.add(y, z)"};
      assertEquals(
          List.of(
              node("relu", RELU, Graph.INPUT), node("add", new Arithmetic.Add(), "relu", "relu")),
          nodes(Shape.of(4), untouched));
      for (String written : List.of("y", "z")) {
        HandmadeArchive archive =
            HandmadeArchive.ofForward(
                untouched[0], untouched[1], "_0 = torch.relu_(" + written + ")", untouched[2]);
        IOException error = assertThrows(IOException.class, () -> read(archive, Shape.of(4)), copy);
        assertTrue(
            error.getMessage().contains("after an in-place operator changed it"),
            error.getMessage());
      }
    }
  }

  @Test
  void variablesNameOnlyTheNodesThatTheyHold() throws IOException {
    Op clamp = new Activation.Clamp(0, 1);
    assertEquals(
        List.of(node("relu", RELU, Graph.INPUT)),
        flatNodes(
            "y = ([torch.relu(x), torch.hardtanh(x, 0., 1.)])[0]", //
            "return y"));
    assertEquals(
        List.of(node("a", RELU, Graph.INPUT)),
        flatNodes(
            "y = self.f(x)",
            "return y",
            "def f(self: __torch__.Net, x: Tensor) -> Tensor:",
            "  a = torch.relu(x)",
            "  b = torch.hardtanh(a, 0., 1.)",
            "  return a"));
    assertEquals(
        List.of(
            node("y", RELU, Graph.INPUT),
            node("clamp", clamp, "y"),
            node("sum", new Arithmetic.Add(), "clamp", "clamp")),
        flatNodes(
            "y = torch.relu(x)",
            "z = self.f(y)",
            "sum = torch.add(z, z)",
            "return sum",
            "def f(self: __torch__.Net, x: Tensor) -> Tensor:",
            "  return torch.contiguous(torch.hardtanh_(x, 0., 1.))"));
  }

  /** Returns the nodes of a flat class as the writer makes it, whose variables name them. */
  private List<Node> flatNodes(String... body) throws IOException {
    Path file = folder.resolve("flat.pt");
    Op relu = new Activation.Relu();
    TorchScriptWriter.write(
        new Graph("flat", Shape.of(4), List.of(node("r", relu, Graph.INPUT)), List.of("r")), file);
    StringBuilder code =
        new StringBuilder(
            """
            class Net(Module):
              training : bool
              def forward(self: __torch__.Net, x: Tensor) -> Tensor:
            """);
    boolean inside = true;
    for (String line : body) {
      inside &= !line.startsWith("def ");
      code.append(inside ? "    " : "  ").append(line).append('\n');
    }
    HandmadeArchive archive = HandmadeArchive.of(file);
    archive.put("flat/code/__torch__.py", code.toString());
    return read(archive, Shape.of(4)).nodes();
  }

  @Test
  void windowsDefaultAsInPyTorch() throws IOException {
    assertEquals(
        List.of(
            node("max_pool2d", new Pooling.MaxPool2d(Window.square(2, 2, 0), false), Graph.INPUT),
            node(
                "avg_pool2d",
                new Pooling.AvgPool2d(Window.square(2, 2, 0), false, true),
                "max_pool2d"),
            node("pad", new Reshaping.Pad(1, 1, 0, 0, 0), "avg_pool2d"),
            node("flatten", new Reshaping.Flatten(1, -1), "pad")),
        nodes(
            Shape.of(2, 8, 8),
            "y = torch.max_pool2d(x, [2, 2], annotate(List[int], []))",
            "y0 = torch.avg_pool2d(y, [2])",
            "y1 = torch.pad(y0, [1, 1], \"constant\", None)",
            "return torch.flatten(y1, 1)"));
  }

  @Test
  void nodesThatNoOutputNeedsAreLeftOut() throws IOException {
    assertEquals(
        List.of(node("relu_1", RELU, Graph.INPUT)),
        nodes(Shape.of(4), "dead = torch.relu(x)", "return torch.relu(x)"));
  }

  @Test
  void constantsAndTuplesAreRead() throws IOException {
    HandmadeArchive archive =
        HandmadeArchive.ofForward(
            "a, b, = torch.relu(x), torch.linear(x, CONSTANTS.c0, None)", "return (a, b)");
    Graph graph = read(archive, Shape.of(4));
    assertEquals(List.of("relu", "linear"), graph.outputs());
    assertEquals("m", graph.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return torch.no_such(x, 1) | line 8: torch.no_such: the operator is not supported",
        "return torch.batch_norm(x, None, None, self.bias, self.bias, True, 0.1, 1e-05, True) | call eval() on the module",
        "return torch.add(x, None) | argument 'other' is None, expected a tensor",
        "return torch.gelu(x, approximate=\"tanh\") | argument 'approximate' is the text 'tanh', expected",
        "return torch.view(x, [2, 2]) | argument 'size' is a list of 2, expected the free batch, or -1 in its place",
        "return torch.mean(x, [1, 1]) | __torch__.Root, line 8: torch.mean: Mean is over one or more different axes",
        "return torch.linear(x, self.bias) | a linear weight has 2 dimensions, got 2",
        "return torch.linear(x, self.w) | has no 'w'",
        "return torch.linear(x, x) | as a weight, expected a stored tensor",
        "return torch.add(torch.relu_(torch.flatten(x, 1)), x) | after an in-place operator changed it",
        "return torch.add(torch.relu_(torch.flatten(x, 1)), torch.contiguous(x)) | after an in-place operator changed it",
        "return torch.add(torch.relu_(torch.flatten(x, 1)), torch.expand_as(x, x)) | after an in-place operator changed it",
        "return self.forward(x) | calls nest too deep or never end",
        "return __torch__.missing(x) | code/__torch__.py: has no function __torch__.missing",
        "return __torch__.a.b.missing(x) | code/__torch__/a/b.py: is missing",
        "torch.relu(x) = x | only variables, attributes and elements can be assigned",
        "return y | the name 'y' is not supported",
        "return torch.relu(x, 1) | 2 arguments, expected (input)",
        "return 5 | returns the integer 5, expected tensors",
        "return torch.relu(x)) | line 8: found ')', expected the end of the line",
        "return torch.softmax(x, 99999999999) | expected an integer",
        "return x $ 1 | line 8: '$' begins nothing known",
      })
  void errorsSayWhatAndWhere(String statement, String expected) {
    Path file = folder.resolve("error.pt");
    HandmadeArchive archive = HandmadeArchive.ofForward(statement);
    IOException error =
        assertThrows(
            IOException.class, () -> TorchScriptReader.read(archive.write(file), Shape.of(4)));
    assertTrue(error.getMessage().startsWith(file + ": "), error.getMessage());
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }

  private List<Node> nodes(Shape sample, String... forward) throws IOException {
    return read(HandmadeArchive.ofForward(forward), sample).nodes();
  }

  private Graph read(HandmadeArchive archive, Shape sample) throws IOException {
    return TorchScriptReader.read(archive.write(folder.resolve("code.pt")), sample);
  }

  private static Node node(String name, Op op, String... inputs) {
    return new Node(name, op, List.of(inputs));
  }
}
