package io.edgefrontier.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.dataset.DatasetSource;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceSessionTest {
  private static final Shape IMAGE = Shape.of(1, 8, 8);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"net.pt", "net", "net.ptl", "net.pt.bin", "a b-p0.25.pt", "µ.pt"})
  void opensAFileOfAnyName(String name) throws IOException {
    try (InferenceSession session = InferenceSession.open(archive(name))) {
      assertEquals(3, session.run(new float[64], IMAGE.batched(1)).get(0).length);
    }
  }

  // A neighbour whose name differs by the ending must not be taken instead.
  @Test
  void opensTheFileItWasGiven() throws IOException {
    Files.writeString(archive("net").resolveSibling("net.pt"), "not an archive");
    InferenceSession.open(folder.resolve("net")).close();
    assertThrows(IOException.class, () -> InferenceSession.open(folder.resolve("net.pt")));
  }

  @Test
  void aFileThatCannotBeLoadedIsNamed() throws IOException {
    Path missing = folder.resolve("missing.pt");
    assertEquals(missing + ": no such file; expected a TorchScript archive", openFailure(missing));
    assertEquals(folder + ": not a file; expected a TorchScript archive", openFailure(folder));
    Path text = Files.writeString(folder.resolve("text.pt"), "not an archive");
    String message = openFailure(text);
    assertTrue(message.startsWith(text + ": the engine cannot load it: "), message);
  }

  @Test
  void anInputThatDoesNotFillItsShapeNeverReachesTheEngine() throws IOException {
    try (InferenceSession session = InferenceSession.open(archive("net.pt"))) {
      Shape shape = IMAGE.batched(2);
      String expected =
          "an input of shape 2x1x8x8 needs 128 values and a batch dimension, got 64 values";
      assertEquals(
          expected,
          assertThrows(IllegalArgumentException.class, () -> session.run(new float[64], shape))
              .getMessage());
      assertEquals(
          expected,
          assertThrows(IllegalArgumentException.class, () -> session.bind(new float[64], shape))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> session.run(new float[1], Shape.of()));
    }
  }

  @Test
  void anInputThatTheNetworkDoesNotTakeIsAnErrorAndTheSessionStaysUsable() throws IOException {
    try (InferenceSession session = InferenceSession.open(archive("net.pt"))) {
      Shape channels = Shape.of(1, 2, 8, 8);
      var error =
          assertThrows(IllegalStateException.class, () -> session.run(new float[128], channels));
      String start = "the network does not run on an input of shape 1x2x8x8: ";
      assertTrue(error.getMessage().startsWith(start), error.getMessage());
      assertEquals(6, session.run(new float[128], IMAGE.batched(2)).get(0).length);
    }
  }

  @Test
  void aBoundCallLeavesNothingBehind() throws IOException {
    int before = NativeArrays.unowned();
    try (InferenceSession session = InferenceSession.open(archive("net.pt"))) {
      BoundCall call = session.bind(new float[128], IMAGE.batched(2));
      float[] once = session.run(new float[128], IMAGE.batched(2)).get(0);
      for (int i = 0; i < 100; i++) {
        assertEquals(1, call.run());
      }
      assertArrayEquals(once, session.run(new float[128], IMAGE.batched(2)).get(0));
    }
    assertEquals(before, NativeArrays.unowned());
  }

  @ParameterizedTest
  @CsvSource({"SmallCNN, 0.95", "resnet8, 0.985", "ds-cnn, 0.98", "mlp, 0.98"})
  void embeddedArchivesRecogniseTheDigitsHeldOut(String name, double least) throws IOException {
    Samples validation = DatasetSource.load("digits", 7).validation();
    Path archive = folder.resolve(name + ".pt");
    try (InputStream resource = BuiltInNetworks.trainedOnDigits(name).orElseThrow()) {
      Files.copy(resource, archive);
    }
    try (InferenceSession session = InferenceSession.open(archive)) {
      float[] logits =
          session
              .run(
                  validation.values(0, validation.count()),
                  validation.shape().batched(validation.count()))
              .get(0);
      double accuracy = correct(logits, validation) / (double) validation.count();
      assertTrue(accuracy >= least, () -> "accuracy " + accuracy);
    }
  }

  @Test
  void tellsWhatRunsTheNetworks() {
    EngineFacts facts = EngineFacts.read();
    assertTrue(facts.djlVersion().matches("\\d+\\.\\d+\\.\\d+"), facts::djlVersion);
    assertTrue(facts.libtorchVersion().matches("\\d+\\.\\d+\\.\\d+"), facts::libtorchVersion);
    assertEquals(Integer.getInteger("ai.djl.pytorch.num_threads"), facts.threads());
    Path natives = Path.of(facts.nativesPath().replaceFirst("^~", System.getProperty("user.home")));
    assertTrue(Files.isDirectory(natives), facts::nativesPath);
  }

  private Path archive(String name) throws IOException {
    Graph graph = BuiltInNetworks.create("SmallCNN", IMAGE, 3, 1);
    Path file = folder.resolve(name);
    TorchScriptWriter.write(graph, file);
    return file;
  }

  private static String openFailure(Path file) {
    return assertThrows(IOException.class, () -> InferenceSession.open(file)).getMessage();
  }

  private static int correct(float[] logits, Samples samples) {
    int correct = 0;
    for (int i = 0; i < samples.count(); i++) {
      int best = 0;
      for (int label = 1; label < samples.classes(); label++) {
        int row = i * samples.classes();
        best = logits[row + label] > logits[row + best] ? label : best;
      }
      correct += best == samples.label(i) ? 1 : 0;
    }
    return correct;
  }
}
