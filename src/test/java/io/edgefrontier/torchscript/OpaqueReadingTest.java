package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.BatchedType;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.prepare.EngineProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code that calls what the graph does not know. */
class OpaqueReadingTest {
  private static final float[] PAIR = {1, -2, 3, 4, 5, 6, -7, 8};

  @TempDir Path folder;

  @Test
  void anUnknownOperatorIsKeptWithWhereItStandsAndWhy() throws IOException {
    Graph graph = read("return torch.cumsum(torch.relu(x), 1)");
    Node node = graph.node("cumsum");
    Opaque.Call call = (Opaque.Call) node.op();
    assertEquals(List.of("relu"), node.inputs());
    assertEquals("torch.cumsum", call.function());
    assertTrue(
        call.origin().place().matches(".*code/__torch__.py, line \\d+"), call.origin().place());
    assertEquals("the graph has no such operator", call.origin().reason());
    assertEquals(List.of(samples(4)), call.results());
    assertArrayEquals(new float[] {1, 1, 4, 8, 5, 11, 11, 19}, run(graph, PAIR, 2));
  }

  @Test
  void aKnownOperatorWithArgumentsThatNoGraphHoldsIsKeptToo() throws IOException {
    Path file =
        HandmadeArchive.ofForward("return torch.gelu(x, approximate=\"tanh\")")
            .put("m/version", "10\n")
            .write(file());
    Graph graph = TorchScriptReader.read(file, Shape.of(4), new EngineProbe());
    assertEquals(1, graph.opaqueCalls().size());
    float[] found = run(graph, new float[] {1, -2, 3, 0}, 1);
    for (int i = 0; i < found.length; i++) {
      double x = new double[] {1, -2, 3, 0}[i];
      double inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
      assertEquals(0.5 * x * (1 + Math.tanh(inner)), found[i], 1e-6);
    }
  }

  @Test
  void whatACallMeansDependsOnTheVersionOfItsArchive() throws IOException {
    // Before version 5, torch.full of an integer gave float32.
    String call = "return torch.add(x, torch.full([4], 2))";
    Path old = HandmadeArchive.ofForward(call).put("m/version", "3\n").write(file());
    Graph graph = TorchScriptReader.read(old, Shape.of(4), new EngineProbe());
    assertEquals(DType.FLOAT32, graph.types(1).get("full").dtype());
    assertArrayEquals(new float[] {3, 4, 5, 6}, run(graph, new float[] {1, 2, 3, 4}, 1));
    Path current = HandmadeArchive.ofForward(call).put("m/version", "10\n").write(file());
    Graph now = TorchScriptReader.read(current, Shape.of(4), new EngineProbe());
    assertEquals(DType.INT64, now.types(1).get("full").dtype());
    assertArrayEquals(new float[] {3, 4, 5, 6}, run(now, new float[] {1, 2, 3, 4}, 1));
  }

  @Test
  void severalResultsOfOneCallAreComputedOnce() throws IOException {
    Graph graph =
        read(
            "v, i, = torch.topk(x, 2, 1, True, True)",
            "return (v, torch.to(i, 6, False, False, None))");
    assertEquals(1, graph.opaqueCalls().size());
    assertEquals(1, count("torch.topk", new NetClass(graph).code()));
    assertEquals(new TensorType(DType.INT64, Shape.of(1, 2)), graph.types(1).get("topk_1"));
    assertArrayEquals(new float[] {4, 3, 8, 6}, run(graph, PAIR, 2));
  }

  @Test
  void aListIsUnpackedOnce() throws IOException {
    Graph graph = read("p = torch.tensor_split(x, 2, 1)", "return torch.sub(p[1], p[0])");
    assertEquals(1, count("torch.tensor_split", new NetClass(graph).code()));
    assertArrayEquals(new float[] {2, 6, -12, 2}, run(graph, PAIR, 2));
  }

  @Test
  void theSizeOfTheBatchIsAskedOfTheInput() throws IOException {
    Graph graph =
        read(
            "z = torch.ones([3, torch.mul(torch.size(x, 0), 2)], dtype=6)",
            "return torch.relu(torch.t(z))");
    assertEquals(
        new BatchedType(new TensorType(DType.FLOAT32, Shape.of(3, 2)), List.of(false, true)),
        ((Opaque.Call) graph.opaqueCalls().get(0).op()).results().get(0));
    assertEquals(12, run(graph, PAIR, 2).length);
  }

  @Test
  void whatIsReadAgainIsTheSameNetwork() throws IOException {
    Graph graph = read("v, i, = torch.sort(torch.relu(x), 1, False)", "return torch.neg(v)");
    Path file = folder.resolve("again.pt");
    TorchScriptWriter.write(graph, file);
    Graph again = TorchScriptReader.read(file, Shape.of(4), new EngineProbe());
    assertEquals(graph.types(3), again.types(3));
    assertArrayEquals(run(graph, PAIR, 2), run(again, PAIR, 2));
  }

  @Test
  void inPlaceCallsChangeTheirTensor() throws IOException {
    Graph graph = read("y = torch.relu(x)", "_0 = torch.cumsum_(y, 1)", "return torch.neg(y)");
    assertArrayEquals(new float[] {-1, -1, -4, -8}, run(graph, new float[] {1, -2, 3, 4}, 1));
  }

  @Test
  void aWriteThroughAnOpaqueViewIsNoticed() {
    String message =
        refusal(
            "y = torch.relu(x)",
            "p = torch.tensor_split(y, 2, 1)",
            "_0 = torch.relu_(p[0])",
            "return y");
    assertTrue(message.contains("returns a computed tensor"), message);
  }

  @Test
  void aWriteIntoASliceReachesTheTensor() throws IOException {
    Graph graph =
        read(
            "y = torch.neg(x)",
            "_0 = torch.fill_(torch.slice(torch.slice(y, 0, 0, 9223372036854775807), 1, 1, 3), 7)",
            "_1 = torch.relu_(torch.select(y, 1, 0))",
            "return y");
    assertArrayEquals(new float[] {0, 7, 7, -4, 0, 7, 7, -8}, run(graph, PAIR, 2));
  }

  @Test
  void aSliceThatWasTakenBeforeAnotherWriteIsNotRead() {
    String message =
        refusal(
            "y = torch.neg(x)",
            "a = torch.slice(y, 1, 0, 2)",
            "_0 = torch.relu_(torch.slice(y, 1, 1, 3))",
            "return a");
    assertTrue(message.contains("returns a computed tensor"), message);
  }

  @Test
  void costsAreCountedWhereTheyFollowFromTheWeights() throws IOException {
    // The weight of [2, 4] as two filters of one channel and a 2 x 2 kernel.
    Graph conv =
        read(
            "w = torch.reshape(self.weight, [2, 1, 2, 2])",
            "y = torch.conv2d(torch.reshape(x, [-1, 1, 2, 2]), w, None, [1, 1], \"same\")",
            "return torch.flatten(y, 1)");
    assertEquals(1, conv.opaqueCalls().size());
    assertFalse(conv.countsAllMacs()); // its filters are computed
    Graph product = read("return torch.einsum(\"bi,oi->bo\", [x, self.weight])");
    assertFalse(product.countsAllMacs());
    // One cell with a hidden state of 2: torch.rnn_tanh_cell(x, h, w_ih, w_hh).
    Graph cell =
        read(
            "h = torch.zeros([torch.size(x, 0), 2], dtype=6)",
            "u = torch.slice(self.weight, 1, 0, 2)",
            "return torch.rnn_tanh_cell(x, h, self.weight, u)");
    assertEquals(8 + 4, cell.macs());
    assertTrue(cell.countsAllMacs());
  }

  @Test
  void aCopyMayBeWrittenTo() throws IOException {
    Graph graph =
        read("y = torch.neg(x)", "c = torch.cumsum(y, 1)", "_0 = torch.relu_(c)", "return y");
    assertArrayEquals(new float[] {-1, 2, -3, -4}, run(graph, new float[] {1, -2, 3, 4}, 1));
  }

  @Test
  void withoutAnEngineTheOperatorIsNamed() throws IOException {
    Path file = HandmadeArchive.ofForward("return torch.cumsum(x, 1)").write(file());
    IOException error =
        assertThrows(IOException.class, () -> TorchScriptReader.read(file, Shape.of(4)));
    assertTrue(
        error.getMessage().contains("torch.cumsum: the operator is not supported"),
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.rand_like(x) | its result is another one each time",
        "torch.bernoulli(x) | its result is another one each time",
        "torch.dropout(x, 0.5, True) | it is in training mode",
        "torch.empty_like(x) | its result is another one each time",
        "torch.nonzero(x) | depends on the values",
        "torch.save(x, \"f\") | it touches files",
        "torch.from_file(\"f\") | it touches files",
        "ops.prim.Print(x) | no function of tensors",
        "ops.image.read_file(x) | no function of tensors",
        "torch.ones([1000000000]) | at most",
        "torch.arange(100000, 200000000000) | at most",
        "torch.repeat(x, [60000, 60000]) | at most",
        "torch.outer(x, x) | far larger",
        "torch._fft_c2r(x, [1], 0, 4) | for the use of PyTorch itself",
        "torch.cumsum(x, 1, out=x) | for the use of PyTorch itself",
        "torch.no_such_thing(x) | the engine refuses it: ",
        "torch.cumsum(x, 7) | the engine refuses it: ",
        "torch.cumsum(x, 1, dtype=7) | element type 7",
        "torch.reshape(torch.cumsum(x, 1), [-1, 3]) | cannot",
      })
  void otherCallsAreRefusedWithOperatorPlaceAndReason(String call, String reason) {
    String message = refusal("return " + call);
    assertTrue(message.contains(reason), message);
    assertTrue(message.contains("line "), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aResultWhoseSizeDependsOnTheValuesIsRefused() {
    String message = refusal("return torch.take(x, torch.where(torch.gt(x, 0.5))[0])");
    assertTrue(message.contains("cannot be kept as it is"), message);
  }

  private Path file() {
    return folder.resolve("net.pt");
  }

  private Graph read(String... forward) throws IOException {
    Path file = HandmadeArchive.ofForward(forward).write(file());
    return TorchScriptReader.read(file, Shape.of(4), new EngineProbe());
  }

  private String refusal(String... forward) {
    return assertThrows(IOException.class, () -> read(forward)).getMessage();
  }

  private float[] run(Graph graph, float[] input, int batch) throws IOException {
    Path file = folder.resolve("written.pt");
    TorchScriptWriter.write(graph, file);
    try (InferenceSession session = InferenceSession.open(file)) {
      return session.run(input, graph.sampleShape().batched(batch)).get(0);
    }
  }

  private static BatchedType samples(int size) {
    return new BatchedType(new TensorType(DType.FLOAT32, Shape.of(1, size)), List.of(true, false));
  }

  private static int count(String part, String text) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
