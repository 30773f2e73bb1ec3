package io.edgefrontier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.network.BuiltInNetworks;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyMeterTest {
  private static final Shape SAMPLE = Shape.of(1, 8, 8);

  @TempDir private Path folder;
  private Path archive;

  @BeforeEach
  void makeNetwork() throws IOException {
    archive = folder.resolve("net.pt");
    TorchScriptWriter.write(BuiltInNetworks.create("mlp", SAMPLE, 10, 1), archive);
  }

  @Test
  void predictsTheSameWhateverTheBatchSize() throws IOException {
    Samples samples = random(20);
    int[] oneByOne = AccuracyMeter.predict(archive, samples, 1);

    assertEquals(20, oneByOne.length);
    assertTrue(Arrays.stream(oneByOne).distinct().count() > 1, Arrays.toString(oneByOne));
    assertArrayEquals(oneByOne, AccuracyMeter.predict(archive, samples, 7));
    assertArrayEquals(oneByOne, AccuracyMeter.predict(archive, samples, 64));
  }

  @Test
  void refusesLogitsThatAreNoNumbers() throws IOException {
    float[] values = random(3).values(0, 3);
    values[64 + 5] = Float.NaN;
    Samples samples = new Samples(SAMPLE, 10, values, new int[3]);

    String message =
        assertThrows(IOException.class, () -> AccuracyMeter.predict(archive, samples, 2))
            .getMessage();
    assertEquals(archive + ": the logit of class 0 for sample 1 is NaN", message);
  }

  @Test
  void refusesAnotherNumberOfClassesThanTheDatasetHas() throws IOException {
    Samples samples = new Samples(SAMPLE, 11, random(4).values(0, 4), new int[4]);

    String message =
        assertThrows(IOException.class, () -> AccuracyMeter.predict(archive, samples, 4))
            .getMessage();
    assertTrue(
        message.endsWith("gave [40] values, expected one output of 4 x 11 classes"), message);
  }

  @Test
  void agreesWithPyTorchOnMnist() throws IOException {
    Path shared = Path.of("../shared");
    assumeTrue(Files.isDirectory(shared), "no ../shared here: PyTorch's archives are not shipped");
    Samples validation = mnistValidation(shared.resolve("data/mnist-t10k"));
    // As PyTorch counted them (top1_val of ../shared/models/*.json).
    Map<String, Integer> correct = Map.of("mlp", 1945, "rescnn", 1986, "smallcnn", 1943);
    for (Map.Entry<String, Integer> model : correct.entrySet()) {
      Path traced = shared.resolve("models/" + model.getKey() + ".traced.pt");
      int[] predicted = AccuracyMeter.predict(traced, validation, 300);
      int hits = 0;
      for (int i = 0; i < predicted.length; i++) {
        hits += predicted[i] == validation.label(i) ? 1 : 0;
      }
      assertEquals(model.getValue(), hits, model.getKey());
    }
  }

  private static Samples random(int count) throws IOException {
    Random random = new Random(7);
    float[] values = new float[count * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Samples(SAMPLE, 10, values, new int[count]);
  }

  /** Images 8000 to 9999 of the test set, normalised as their README says. */
  private static Samples mnistValidation(Path folder) throws IOException {
    byte[] pixels = unzip(folder.resolve("t10k-images-idx3-ubyte.gz"));
    byte[] classes = unzip(folder.resolve("t10k-labels-idx1-ubyte.gz"));
    float[] values = new float[2000 * 784];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((pixels[16 + 8000 * 784 + i] & 0xff) / 255f - 0.5f) / 0.5f;
    }
    int[] labels = new int[2000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = classes[8 + 8000 + i];
    }
    return new Samples(Shape.of(1, 28, 28), 10, values, labels);
  }

  private static byte[] unzip(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }
}
