package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Shape;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that PyTorch traced: read, written again and run, they give PyTorch's own outputs. */
class TracedArchiveTest {
  private static final Path SHARED = Path.of("../shared");
  private static final Shape IMAGE = Shape.of(1, 28, 28);
  private static final int FIRST_IMAGE = 8000;
  private static final int IMAGES = 4;

  @TempDir Path folder;

  @BeforeEach
  void oracleIsThere() {
    assumeTrue(Files.isDirectory(SHARED), "needs PyTorch's archives and MNIST in " + SHARED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"smallcnn", "mlp", "rescnn"})
  void rewrittenArchiveGivesPyTorchsLogits(String model) throws IOException {
    Path traced = SHARED.resolve("models/" + model + ".traced.pt");
    TorchScriptReader.check(traced);
    Graph graph = TorchScriptReader.read(traced, IMAGE);
    JsonObject facts =
        JsonParser.parseString(Files.readString(SHARED.resolve("models/" + model + ".json")))
            .getAsJsonObject();
    assertEquals(facts.get("params").getAsLong(), graph.parameters());
    Path rewritten = folder.resolve(model + ".pt");
    TorchScriptWriter.write(graph, rewritten);
    try (InferenceSession session = InferenceSession.open(rewritten)) {
      float[] found = session.run(images(), IMAGE.batched(IMAGES)).get(0);
      assertArrayEquals(logits(facts), found, 1e-4f);
    }
  }

  @Test
  void layersHaveTheirModulePaths() throws IOException {
    Graph graph = TorchScriptReader.read(SHARED.resolve("models/rescnn.traced.pt"), IMAGE);
    List<String> names = graph.nodes().stream().map(Node::name).toList();
    assertTrue(
        names.containsAll(List.of("stem.0", "l1.c1", "l2.down.0", "l3.b2", "fc")), names::toString);
    assertTrue(
        names.containsAll(List.of("relu", "relu_1", "add", "add_1", "flatten")), names::toString);
  }

  private static float[] logits(JsonObject facts) {
    JsonArray rows = facts.getAsJsonArray("logits_first4_val");
    float[] logits = new float[IMAGES * 10];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = rows.get(i / 10).getAsJsonArray().get(i % 10).getAsFloat();
    }
    return logits;
  }

  /** Returns images 8000 to 8003 of the IDX file as the models want them. */
  private static float[] images() throws IOException {
    Path idx = SHARED.resolve("data/mnist-t10k/t10k-images-idx3-ubyte.gz");
    int pixels = (int) IMAGE.elements();
    try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(idx)))) {
      in.readNBytes(16 + FIRST_IMAGE * pixels);
      float[] values = new float[IMAGES * pixels];
      for (int i = 0; i < values.length; i++) {
        values[i] = (in.readUnsignedByte() / 255f - 0.5f) / 0.5f;
      }
      return values;
    }
  }
}
