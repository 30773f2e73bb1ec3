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
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives that PyTorch traced and scripted: read, written again and run, they give PyTorch's own
 * outputs.
 */
class PyTorchArchiveTest {
  private static final Path SHARED = Path.of("../shared");
  private static final Shape IMAGE = Shape.of(1, 28, 28);
  private static final int FIRST_IMAGE = 8000;
  private static final int IMAGES = 2000;

  @TempDir Path folder;

  @BeforeEach
  void oracleIsThere() {
    assumeTrue(Files.isDirectory(SHARED), "needs PyTorch's archives and MNIST in " + SHARED);
  }

  @ParameterizedTest
  @CsvSource({
    "smallcnn, traced",
    "smallcnn, scripted",
    "mlp, traced",
    "mlp, scripted",
    "rescnn, traced",
    "rescnn, scripted"
  })
  void rewrittenArchiveGivesPyTorchsLogitsAndAccuracy(String model, String kind)
      throws IOException {
    Path original = SHARED.resolve("models/%s.%s.pt".formatted(model, kind));
    TorchScriptReader.check(original);
    Graph graph = TorchScriptReader.read(original, IMAGE);
    JsonObject facts =
        JsonParser.parseString(Files.readString(SHARED.resolve("models/" + model + ".json")))
            .getAsJsonObject();
    assertEquals(facts.get("params").getAsLong(), graph.parameters());
    Path rewritten = folder.resolve(model + ".pt");
    TorchScriptWriter.write(graph, rewritten);
    try (InferenceSession session = InferenceSession.open(rewritten)) {
      float[] found = session.run(images(IMAGES), IMAGE.batched(IMAGES)).get(0);
      float[] expected = logits(facts);
      assertArrayEquals(expected, Arrays.copyOf(found, expected.length), 1e-4f);
      assertEquals(facts.get("top1_val").getAsFloat(), correct(found) / (float) IMAGES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smallcnn", "mlp", "rescnn"})
  void scriptedArchiveIsTheGraphOfTheTracedOne(String model) throws IOException {
    Graph traced = TorchScriptReader.read(SHARED.resolve("models/" + model + ".traced.pt"), IMAGE);
    Graph scripted =
        TorchScriptReader.read(SHARED.resolve("models/" + model + ".scripted.pt"), IMAGE);
    assertEquals(traced.nodes(), scripted.nodes());
    assertEquals(traced.outputs(), scripted.outputs());
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
    float[] logits = new float[rows.size() * 10];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = rows.get(i / 10).getAsJsonArray().get(i % 10).getAsFloat();
    }
    return logits;
  }

  /** Returns the images from 8000 of the IDX file as the models want them. */
  private static float[] images(int count) throws IOException {
    int pixels = (int) IMAGE.elements();
    try (DataInputStream in = open("t10k-images-idx3-ubyte.gz")) {
      in.readNBytes(16 + FIRST_IMAGE * pixels);
      float[] values = new float[count * pixels];
      for (int i = 0; i < values.length; i++) {
        values[i] = (in.readUnsignedByte() / 255f - 0.5f) / 0.5f;
      }
      return values;
    }
  }

  /** Returns how many of the logits from image 8000 are largest at the label. */
  private static int correct(float[] logits) throws IOException {
    try (DataInputStream in = open("t10k-labels-idx1-ubyte.gz")) {
      in.readNBytes(8 + FIRST_IMAGE);
      int correct = 0;
      for (int image = 0; image < logits.length / 10; image++) {
        int best = 0;
        for (int digit = 1; digit < 10; digit++) {
          best = logits[image * 10 + digit] > logits[image * 10 + best] ? digit : best;
        }
        correct += best == in.readUnsignedByte() ? 1 : 0;
      }
      return correct;
    }
  }

  private static DataInputStream open(String name) throws IOException {
    Path file = SHARED.resolve("data/mnist-t10k").resolve(name);
    return new DataInputStream(
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
  }
}
