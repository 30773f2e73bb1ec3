package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What archives store, told without their code. */
class ArchiveContentsTest {
  private static final int INPUTS = 6;
  private static final int OUTPUTS = 3;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("net.pt");
  }

  @Test
  void aTensorThatTwoModulesShareCountsOnce() throws IOException {
    // Two modules share [2, 4] and [2]; the constants hold another [2, 4].
    HandmadeArchive.ofForward("return x").write(file);
    assertEquals(contents(Map.of("float32", 16L), 18, 4 * 18), ArchiveContents.read(file));
  }

  @Test
  void weightsAreFoundInPackedParameters() throws IOException {
    QuantizedArchive.write(file, INPUTS, OUTPUTS);
    assertEquals(contents(Map.of("qint8", 18L), 18, 18), ArchiveContents.read(file));
  }

  @Test
  void scalesAndZeroPointsTakeBytesButAreNoParameters() throws IOException {
    QuantizedArchive.perChannel(INPUTS, OUTPUTS).write(file);
    assertEquals(
        contents(Map.of("qint8", 18L), 18, 18 + OUTPUTS * (8 + 8)), ArchiveContents.read(file));
  }

  @Test
  void theEngineTakesThePickleForWhatTheReaderTakesItFor() throws IOException {
    QuantizedArchive.write(file, INPUTS, OUTPUTS);
    float[] input = {1, -1, 0.5f, 0.25f, 0, -0.5f};
    try (InferenceSession session = InferenceSession.open(file)) {
      float[] found = session.run(input, Shape.of(1, INPUTS)).get(0);
      for (int output = 0; output < OUTPUTS; output++) {
        double expected = 0;
        for (int i = 0; i < INPUTS; i++) {
          expected += QuantizedArchive.weight(output, i) * input[i];
        }
        // Activations have 7 bits: half a step of 2/127 per input of at most 0.09 weight.
        assertEquals(expected, found[output], INPUTS * 0.09 / 127);
      }
    }
  }

  @Test
  void quantizedTensorsDoNotPassForOthers() throws IOException {
    refuses("torch\nQInt8Storage", "torch\nCharStorage", "quantized tensor in a CharStorage");
    refuses("torch\nper_channel_affine", "torch\nFloatStorage", "a known way to quantize");
    refuses("torch\nper_channel_affine", "torch\nper_gram_affine", "not among the globals");
    refuses("_rebuild_qtensor", "_rebuild_ktensor", "not among the globals");
  }

  @Test
  void aGraphDoesNotTakeQuantizedTensorsForPlainOnes() throws IOException {
    QuantizedArchive.write(file, INPUTS, OUTPUTS);
    IOException error =
        assertThrows(
            IOException.class, () -> TorchScriptReader.read(file, Shape.of(1, 2, INPUTS / 2)));
    assertTrue(error.getMessage().startsWith(file + ": "), error.getMessage());
  }

  @Test
  void aListThatHoldsItselfEnds() throws IOException {
    String pickle = "\u0080\u0002c__torch__\nNet\n)\u0081(]q\u0000h\u0000atb.";
    HandmadeArchive.ofForward("return x")
        .put("m/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1))
        .write(file);
    ArchiveContents found =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> ArchiveContents.read(file));
    assertEquals(Map.of("float32", 8L), found.weights(), "the constant alone");
  }

  private void refuses(String original, String changed, String expected) throws IOException {
    HandmadeArchive archive = QuantizedArchive.perChannel(INPUTS, OUTPUTS);
    String pickle = new String(archive.get("m/data.pkl"), StandardCharsets.ISO_8859_1);
    assertTrue(pickle.contains(original), original);
    archive.put(
        "m/data.pkl", pickle.replace(original, changed).getBytes(StandardCharsets.ISO_8859_1));
    archive.write(file);
    String message = assertThrows(IOException.class, () -> ArchiveContents.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": data.pkl: "), message);
    assertTrue(message.contains(expected), message);
  }

  private static ArchiveContents contents(
      Map<String, Long> weights, long parameters, long storedBytes) {
    return new ArchiveContents(new TreeMap<>(weights), parameters, storedBytes);
  }
}
