package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to an archive, reading it ends in a graph or in an IOException. */
class DamagedArchiveTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String[] FRAGMENTS = {
    "0",
    "-1",
    "9",
    "99999999999999999999",
    "1e999",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    ":",
    "\n",
    "\n  ",
    "self",
    "torch",
    "forward",
    "None",
    "if x:\n",
    "getattr(self, \"sub\")",
    "\"",
    "=",
    "_",
    "return ",
    "CONSTANTS.c0",
    "2147483647"
  };

  @TempDir Path folder;

  @Test
  void everyTruncationIsAnIoException() throws IOException {
    Path file = folder.resolve("whole.pt");
    TorchScriptWriter.write(small(), file);
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.pt");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      IOException error =
          assertThrows(IOException.class, () -> TorchScriptReader.read(cut, Shape.of(4)));
      assertTrue(error.getMessage().startsWith(cut + ": "), error.getMessage());
      assertThrows(IOException.class, () -> TorchScriptReader.check(cut));
    }
  }

  @Test
  void everyFlippedByteIsFoundOrHarmless() throws IOException {
    Path file = folder.resolve("whole.pt");
    TorchScriptWriter.write(small(), file);
    byte[] whole = Files.readAllBytes(file);
    Path flipped = folder.resolve("flipped.pt");
    int found = 0;
    for (int position = 0; position < whole.length; position++) {
      byte[] bytes = whole.clone();
      bytes[position] ^= (byte) 0xff;
      Files.write(flipped, bytes);
      try {
        Graph graph = TorchScriptReader.read(flipped, Shape.of(4));
        // Padding, timestamps and the like: what was read is what was written.
        assertEquals(small().nodes(), graph.nodes());
      } catch (IOException e) {
        found++;
      }
    }
    assertTrue(found > small().storedBytes(), "only " + found);
  }

  @Test
  void mutatedContentGivesAGraphOrAnIoException() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          Random random = new Random(20240229);
          HandmadeArchive float32 =
              HandmadeArchive.ofForward(
                  "sub = self.sub",
                  "_0 = torch.relu_((sub).forward(x, ))",
                  "_1 = torch.linear(x, CONSTANTS.c0, None)",
                  "_2 = torch.view(_0, [torch.size(x, 0), 2, 1, 1])",
                  "_3 = torch.max_pool2d(_2, [1, 1], [1, 1], [0, 0], [1, 1], False)",
                  "return torch.add(torch.flatten(_3, 1), _1, alpha=1)");
          mutate(float32, Shape.of(4), random, 2000);
          mutate(ofWriter(SampleGraphs.quantized()), SampleGraphs.SAMPLE, random, 1000);
        });
  }

  private void mutate(HandmadeArchive original, Shape sample, Random random, int times)
      throws IOException {
    Path file = folder.resolve("mutated.pt");
    assertEquals(1, read(original.write(file), sample), "the original is read");
    List<String> names = List.copyOf(original.names());
    int understood = 0;
    for (int i = 0; i < times; i++) {
      String name = names.get(random.nextInt(names.size()));
      byte[] before = original.get(name);
      byte[] mutated =
          name.endsWith(".py") ? mutatedText(before, random) : mutatedBytes(before, random);
      understood += read(original.put(name, mutated).write(file), sample);
      original.put(name, before);
    }
    assertTrue(understood < times, "no mutation was noticed");
  }

  /** Returns 1 if the file was read and 0 if it was refused; anything else is a failure. */
  private static int read(Path file, Shape sample) {
    try {
      TorchScriptReader.read(file, sample);
      return 1;
    } catch (IOException e) {
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      return 0;
    }
  }

  private static byte[] mutatedBytes(byte[] bytes, Random random) {
    byte[] mutated = bytes.clone();
    for (int n = 1 + random.nextInt(3); n > 0 && mutated.length > 0; n--) {
      int position = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[position] = (byte) random.nextInt(256);
        case 1 -> mutated[position] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutated = Arrays.copyOf(mutated, position);
        default -> { // repeat a piece of it
          int length = Math.min(mutated.length - position, 1 + random.nextInt(40));
          byte[] longer = Arrays.copyOf(mutated, mutated.length + length);
          System.arraycopy(mutated, position, longer, position + length, mutated.length - position);
          mutated = longer;
        }
      }
    }
    return mutated;
  }

  private static byte[] mutatedText(byte[] bytes, Random random) {
    StringBuilder text = new StringBuilder(new String(bytes, StandardCharsets.UTF_8));
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(4));
      text.replace(from, to, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private HandmadeArchive ofWriter(Graph graph) throws IOException {
    Path file = folder.resolve("written.pt");
    TorchScriptWriter.write(graph, file);
    return HandmadeArchive.of(file);
  }

  private static Graph small() {
    Layer.Linear linear =
        new Layer.Linear(HandmadeArchive.weight(), Optional.of(HandmadeArchive.bias()));
    return new Graph(
        "small",
        Shape.of(4),
        List.of(
            new Node("linear", linear, List.of(Graph.INPUT)),
            new Node("relu", new Activation.Relu(), List.of("linear"))),
        List.of("relu"));
  }
}
