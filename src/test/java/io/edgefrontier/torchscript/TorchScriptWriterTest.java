package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer makes, byte by byte and on the engine. */
class TorchScriptWriterTest {
  private static final int BATCH = 3;

  @TempDir Path folder;

  @Test
  void engineRunsEveryFloatingPointOperator() throws IOException {
    Graph graph = SampleGraphs.floating(DType.FLOAT32);
    float[] expected = ReferenceInterpreter.run(graph, input(), BATCH).get(0);
    assertEquals(BATCH * 6, expected.length);
    assertArrayEquals(expected, run(graph), 1e-5f);
    assertArrayEquals(expected, run(SampleGraphs.floating(DType.BFLOAT16)), 0.02f);
    assertArrayEquals(expected, run(SampleGraphs.floating(DType.FLOAT16)), 0.003f);
  }

  @Test
  void engineRunsEveryQuantizedOperator() throws IOException {
    float[] expected = run(SampleGraphs.quantizedInFloat());
    assertArrayEquals(expected, run(SampleGraphs.quantized()), 0.06f);
  }

  @Test
  void severalOutputsComeAsATuple() throws IOException {
    Graph graph = SampleGraphs.floating(DType.FLOAT32);
    Graph instrumented = graph.withOutputs(List.of("conv1", Graph.INPUT, "softmax"));
    try (InferenceSession session = InferenceSession.open(write(instrumented, "outputs.pt"))) {
      List<float[]> outputs = session.run(input(), SampleGraphs.SAMPLE.batched(BATCH));
      assertEquals(3, outputs.size());
      assertArrayEquals(input(), outputs.get(1));
      assertArrayEquals(run(graph), outputs.get(2));
    }
  }

  @Test
  void extraFilesStandBesideTheNetwork() throws IOException {
    Path file = folder.resolve("extra.pt");
    Graph graph = SampleGraphs.floating(DType.FLOAT32);
    TorchScriptWriter.write(graph, file, Map.of("note.txt", "one", "b.json", "{}"));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry note =
          zip.stream()
              .filter(e -> e.getName().endsWith("/extra/note.txt"))
              .findFirst()
              .orElseThrow();
      assertArrayEquals(new byte[] {'o', 'n', 'e'}, zip.getInputStream(note).readAllBytes());
    }
    InferenceSession.open(file).close();
    assertEquals(
        graph.parameters(), TorchScriptReader.read(file, SampleGraphs.SAMPLE).parameters());
  }

  @Test
  void anOperatorThatTheEngineLacksBringsAdvice() throws IOException {
    Path file = folder.resolve("elsewhere.pt");
    Pickler pickler = new Pickler();
    pickler.global(NetClass.MODULE, NetClass.NAME);
    pickler.emptyTuple();
    pickler.newObject();
    pickler.emptyDict();
    pickler.build();
    String code =
        """
        class Net(Module):
          __parameters__ = []
          __buffers__ = []
          def forward(self: __torch__.Net,
            x: Tensor) -> Tensor:
            return ops.elsewhere.run(x)
        """;
    TorchScriptWriter.write(
        file,
        new TorchScriptWriter.Entries("m", 3, ByteBuffer.wrap(pickler.finish()), code, List.of()));
    IOException error = assertThrows(IOException.class, () -> InferenceSession.open(file));
    assertTrue(error.getMessage().contains("elsewhere::run"), error.getMessage());
    assertTrue(error.getMessage().endsWith("or with --lowering plain"), error.getMessage());
  }

  @Test
  void tensorThatTwoNodesShareIsStoredOnce() throws IOException {
    Tensor weight = Tensor.ofFloats(Shape.of(2, 2), new float[] {1, 2, 3, 4});
    Op linear = new Layer.Linear(weight, Optional.empty());
    Graph graph =
        new Graph(
            "shared",
            Shape.of(2),
            List.of(
                new Node("a", linear, List.of(Graph.INPUT)), new Node("b", linear, List.of("a"))),
            List.of("b"));
    Path file = write(graph, "shared.pt");
    assertEquals(16, storageBytes(file));
    try (InferenceSession session = InferenceSession.open(file)) {
      assertArrayEquals(
          new float[] {27, 59}, session.run(new float[] {1, 2}, Shape.of(1, 2)).get(0));
    }
  }

  @Test
  void namesThatCodeCannotHaveAreReplaced() throws IOException {
    Op relu = new Activation.Relu();
    List<Node> nodes = new ArrayList<>();
    String last = Graph.INPUT;
    for (String name : List.of("a.b", "a_b", "0", "self", "class", "été", "__x", "torch")) {
      nodes.add(new Node(name, relu, List.of(last)));
      last = name;
    }
    Graph graph = new Graph("..", Shape.of(2), nodes, List.of(last));
    try (InferenceSession session = InferenceSession.open(write(graph, "names.pt"))) {
      assertArrayEquals(
          new float[] {0, 2}, session.run(new float[] {-1, 2}, Shape.of(1, 2)).get(0));
    }
  }

  @Test
  void sameGraphGivesTheSameBytes() throws IOException {
    Path first = write(SampleGraphs.quantized(), "first.pt");
    Path second = write(SampleGraphs.quantized(), "second.pt");
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void storagesAddUpToTheStoredBytesOfTheGraph() throws IOException {
    for (Graph graph : List.of(SampleGraphs.floating(DType.FLOAT16), SampleGraphs.quantized())) {
      assertEquals(graph.storedBytes(), storageBytes(write(graph, "sum.pt")));
    }
  }

  @Test
  void everyEntryBeginsAtAMultipleOf64() throws IOException {
    byte[] bytes = Files.readAllBytes(write(SampleGraphs.quantized(), "aligned.pt"));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int entries = 0;
    int header = 0;
    while (file.getInt(header) == 0x04034b50) { // a local header: its sizes say where the next is
      int content = header + 30 + file.getShort(header + 26) + file.getShort(header + 28);
      assertEquals(0, content % 64, "offset " + content);
      header = content + file.getInt(header + 18);
      entries++;
    }
    assertEquals(4 + SampleGraphs.quantized().stored().size(), entries);
  }

  @Test
  void leavesNothingButTheArchive() throws IOException {
    Path file = write(SampleGraphs.quantized(), "only.pt");
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private static long storageBytes(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream()
          .filter(entry -> entry.getName().contains("/data/"))
          .mapToLong(ZipEntry::getSize)
          .sum();
    }
  }

  private static float[] input() {
    float[] input = new float[BATCH * (int) SampleGraphs.SAMPLE.elements()];
    Random random = new Random(1);
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) random.nextGaussian();
    }
    return input;
  }

  private float[] run(Graph graph) throws IOException {
    Path file = write(graph, graph.name() + ".pt");
    try (InferenceSession session = InferenceSession.open(file)) {
      List<float[]> outputs = session.run(input(), graph.sampleShape().batched(BATCH));
      assertEquals(1, outputs.size());
      return outputs.get(0);
    }
  }

  private Path write(Graph graph, String name) throws IOException {
    Path file = folder.resolve(name);
    TorchScriptWriter.write(graph, file);
    assertTrue(Files.size(file) > graph.storedBytes());
    return file;
  }
}
