package io.edgefrontier.prepare;

import io.edgefrontier.dataset.Samples;
import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Proves that the graph read from an archive computes what the archive computes: the engine runs
 * both on the same inputs, in batches of several sizes, since a graph has a free batch.
 *
 * <p>An archive that returns what the engine does not hand over, such as None within a tuple, is
 * compared call by call instead.
 */
public final class Faithfulness {
  private static final List<Integer> BATCHES = List.of(1, 2, 8);
  private static final int MOST_SAMPLES = 8;
  private static final String AS_READ = "the network as it was read";

  private final Path original;
  private final Graph graph;
  private final Samples samples;

  private Faithfulness(Path original, Graph graph, Samples samples) {
    this.original = original;
    this.graph = graph;
    this.samples = samples;
  }

  /**
   * Makes sure that archive and graph give the same outputs, to 1e-4 of each one's largest value.
   *
   * @param original an archive
   * @param graph what was read from it
   * @param samples some of which both are run on; where there are none, patterns
   * @throws IOException naming the first operator whose output differs, or which of both does not
   *     run and why
   */
  public static void require(Path original, Graph graph, Samples samples) throws IOException {
    new Faithfulness(original, graph, ComparedSamples.of(samples, MOST_SAMPLES)).require();
  }

  private void require() throws IOException {
    Path rewritten = Files.createTempFile("rewritten", ".pt");
    try {
      TorchScriptWriter.write(graph, rewritten);
      try (InferenceSession first = open(original, "the archive");
          InferenceSession second = open(rewritten, AS_READ)) {
        for (int batch : BATCHES) {
          require(first, second, batch);
        }
      }
    } finally {
      Files.deleteIfExists(rewritten);
    }
  }

  private InferenceSession open(Path archive, String which) throws IOException {
    try {
      return InferenceSession.open(archive);
    } catch (IOException e) {
      throw incomparable(which, e);
    }
  }

  private void require(InferenceSession first, InferenceSession second, int batch)
      throws IOException {
    float[] values = values(batch);
    FirstDifference byCalls = new FirstDifference(original, graph, values, batch);
    List<Tensor> found = outputs(second, values, batch, AS_READ);
    List<Tensor> expected;
    try {
      expected = outputs(first, values, batch, "the archive");
    } catch (UnsupportedOperationException e) {
      requireSameCalls(byCalls);
      return;
    }
    if (expected.size() != found.size()) {
      throw unfaithful(
          "gives %d outputs, as it was read %d".formatted(expected.size(), found.size()));
    }
    for (int i = 0; i < expected.size(); i++) {
      Tensor wanted = batch == 1 ? withBatch(expected.get(i), found.get(i)) : expected.get(i);
      OutputDifference difference = OutputDifference.of(wanted, found.get(i));
      if (!difference.isTolerable()) {
        throw unfaithful(
            "output %d of a batch of %d %s; %s"
                .formatted(i + 1, batch, difference, byCalls.inWords()));
      }
    }
  }

  /**
   * Returns an output for a batch of 1 in the shape of {@code found} if only axes of size 1 are in
   * between: {@code x.squeeze()} takes the batch away when it is 1, and only then.
   */
  private static Tensor withBatch(Tensor output, Tensor found) {
    return squeezed(output).equals(squeezed(found))
        ? Tensor.ofFloats(found.shape(), output.toFloats())
        : output;
  }

  private static List<Integer> squeezed(Tensor tensor) {
    return tensor.shape().dims().stream().filter(dim -> dim != 1).toList();
  }

  private void requireSameCalls(FirstDifference byCalls) throws IOException {
    try {
      Optional<String> difference = byCalls.find();
      if (difference.isPresent()) {
        throw unfaithful(difference.get());
      }
    } catch (IllegalStateException e) {
      throw incomparable("the archive's calls, made one by one", e);
    }
  }

  /** Returns a batch; where there are too few samples, they come again. */
  private float[] values(int batch) throws IOException {
    int[] indices = new int[batch];
    for (int i = 0; i < batch; i++) {
      indices[i] = i % samples.count();
    }
    return samples.select(indices).values(0, batch);
  }

  private List<Tensor> outputs(InferenceSession session, float[] values, int batch, String which)
      throws IOException {
    try {
      return session.outputs(values, samples.shape().batched(batch));
    } catch (IllegalStateException e) {
      throw incomparable(which, e);
    }
  }

  private IOException unfaithful(String what) {
    return new IOException(
        "%s: is not what was read from it: %s; please report it; --no-verify goes on with the network"
                .formatted(original, what)
            + " as it was read");
  }

  private IOException incomparable(String which, Exception cause) {
    return new IOException(
        "%s: cannot be compared with what was read from it: %s: %s; --no-verify goes on without"
            .formatted(original, which, cause.getMessage()),
        cause);
  }
}
