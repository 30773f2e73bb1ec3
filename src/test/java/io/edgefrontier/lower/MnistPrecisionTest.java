package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.TorchScriptReader;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that PyTorch trained keep their accuracy in every precision. */
class MnistPrecisionTest {
  private static final Path MODELS = Path.of("../shared/models");
  private static final Path DATA = Path.of("../shared/data/mnist-t10k");
  private static final Shape SAMPLE = Shape.of(1, 28, 28);
  private static final int PIXELS = 28 * 28;
  private static final int CALIBRATION_BATCHES = 8;
  private static final int CALIBRATION_BATCH = 128;
  private static final int VALIDATION_START = 8000;
  private static final int VALIDATION_COUNT = 2000;

  @TempDir Path folder;

  // Top-1 of the fp32 network as PyTorch measured it, from the JSON beside each archive.
  @ParameterizedTest
  @CsvSource({"rescnn, 0.993", "mlp, 0.9725", "smallcnn, 0.9715"})
  void everyPrecisionIsWithinHalfAPointOfFp32(String model, double pytorchTop1) throws IOException {
    assumeTrue(Files.isDirectory(MODELS) && Files.isDirectory(DATA), "no ../shared beside this");
    float[] images = images();
    int[] labels = labels();
    Graph graph = TorchScriptReader.read(MODELS.resolve(model + ".traced.pt"), SAMPLE);
    Map<String, QuantParams> ranges = calibrate(graph, images);
    Graph fp32 = PrecisionLowering.lower(graph, Precision.FP32, ranges);
    double baseline = top1(fp32, images, labels, VALIDATION_COUNT);
    assertEquals(pytorchTop1, baseline, 0.0006, "one image in 2000 may change sides");
    Graph int8 = PrecisionLowering.lower(graph, Precision.INT8, ranges);
    assertWithinHalfAPoint(model + " int8", baseline, top1(int8, images, labels, VALIDATION_COUNT));
    // Few images, because 16-bit convolutions are emulated on processors that lack them.
    double few = top1(fp32, images, labels, 250);
    for (Precision half : List.of(Precision.BF16, Precision.FP16)) {
      Graph lowered = PrecisionLowering.lower(graph, half, ranges);
      assertWithinHalfAPoint(model + " " + half, few, top1(lowered, images, labels, 250));
    }
  }

  private static void assertWithinHalfAPoint(String what, double expected, double found) {
    assertTrue(
        Math.abs(found - expected) <= 0.005,
        () -> "%s: top-1 %.4f, fp32 %.4f".formatted(what, found, expected));
  }

  private Map<String, QuantParams> calibrate(Graph graph, float[] images) throws IOException {
    List<String> values = PrecisionLowering.observedValues(graph);
    Path archive = folder.resolve("instrumented.pt");
    TorchScriptWriter.write(BatchNormFolder.fold(graph).withOutputs(values), archive);
    List<ActivationObserver> observers =
        values.stream().map(value -> Calibration.HISTOGRAM.observer()).toList();
    try (InferenceSession session = InferenceSession.open(archive)) {
      for (int batch = 0; batch < CALIBRATION_BATCHES; batch++) {
        float[] input = batch(images, batch * CALIBRATION_BATCH, CALIBRATION_BATCH);
        List<float[]> outputs = session.run(input, SAMPLE.batched(CALIBRATION_BATCH));
        for (int i = 0; i < observers.size(); i++) {
          observers.get(i).observe(outputs.get(i));
        }
      }
    }
    Map<String, QuantParams> params = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      params.put(values.get(i), observers.get(i).params());
    }
    return params;
  }

  private double top1(Graph graph, float[] images, int[] labels, int count) throws IOException {
    Path archive = folder.resolve("variant.pt");
    TorchScriptWriter.write(graph, archive);
    int correct = 0;
    int batch = 250;
    try (InferenceSession session = InferenceSession.open(archive)) {
      for (int start = 0; start < count; start += batch) {
        float[] input = batch(images, VALIDATION_START + start, batch);
        float[] logits = session.run(input, SAMPLE.batched(batch)).get(0);
        for (int i = 0; i < batch; i++) {
          int label = labels[VALIDATION_START + start + i];
          correct += argMax(Arrays.copyOfRange(logits, i * 10, i * 10 + 10)) == label ? 1 : 0;
        }
      }
    }
    return correct / (double) count;
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static float[] batch(float[] images, int from, int count) {
    return Arrays.copyOfRange(images, from * PIXELS, (from + count) * PIXELS);
  }

  private static float[] images() throws IOException {
    byte[] pixels = idx("t10k-images-idx3-ubyte.gz", 16);
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((pixels[i] & 255) / 255f - 0.5f) / 0.5f;
    }
    return values;
  }

  private static int[] labels() throws IOException {
    byte[] bytes = idx("t10k-labels-idx1-ubyte.gz", 8);
    int[] labels = new int[bytes.length];
    Arrays.setAll(labels, i -> bytes[i]);
    return labels;
  }

  private static byte[] idx(String file, int header) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(DATA.resolve(file)))) {
      in.skipNBytes(header);
      return in.readAllBytes();
    }
  }
}
