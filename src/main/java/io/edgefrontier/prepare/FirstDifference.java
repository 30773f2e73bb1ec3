package io.edgefrontier.prepare;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.torchscript.OperatorReplay;
import io.edgefrontier.torchscript.OperatorReplay.Output;
import io.edgefrontier.torchscript.TorchScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out where a graph and the archive that it was read from part: the archive's calls are made
 * again one after the other, and what each computes is held against the graph's node.
 */
final class FirstDifference {
  /** Bounds what the outputs of one comparison take in memory. */
  private static final long MOST_BYTES = 64L << 20;

  private final Path original;
  private final Graph graph;
  private final float[] values;
  private final int batch;

  /**
   * @param values a batch of {@code batch} samples on which the outputs differ
   */
  FirstDifference(Path original, Graph graph, float[] values, int batch) {
    this.original = original;
    this.graph = graph;
    this.values = values;
    this.batch = batch;
  }

  /** Returns the answer in words; where there is none, why. */
  String inWords() {
    try {
      return find()
          .orElse(
              "every operator by itself gives the same, so the code takes another way than the one"
                  + " that was read: it asks for the size of the batch, or for values");
    } catch (IOException | RuntimeException e) {
      String reason = Attempt.reason(e).lines().findFirst().orElse("");
      return "which operator is the first to differ cannot be told: " + reason;
    }
  }

  /**
   * Returns which operator is the first to differ, in words; empty if none does.
   *
   * @throws IOException if the calls cannot be made again
   * @throws IllegalStateException if one of them is refused
   */
  Optional<String> find() throws IOException {
    OperatorReplay replay = OperatorReplay.of(original, graph.sampleShape(), new EngineProbe());
    Map<String, TensorType> types = graph.types(batch);
    List<Integer> chosen = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < replay.outputs().size(); i++) {
      TensorType type = types.get(replay.outputs().get(i).node());
      if (type != null && type.dtype() != DType.QUINT8) { // a call may leave nothing in the graph
        chosen.add(i);
        bytes += type.bytes();
      }
      boolean last = i == replay.outputs().size() - 1;
      if (!chosen.isEmpty() && (last || bytes > MOST_BYTES)) {
        Optional<String> difference = difference(replay, chosen);
        if (difference.isPresent()) {
          return difference;
        }
        chosen.clear();
        bytes = 0;
      }
    }
    return Optional.empty();
  }

  /** Compares some calls with their nodes; returns the first that differs, in words. */
  private Optional<String> difference(OperatorReplay replay, List<Integer> chosen)
      throws IOException {
    List<Output> outputs = chosen.stream().map(replay.outputs()::get).toList();
    List<Tensor> expected = run(file -> replay.write(file, chosen));
    Graph open = graph.withOutputs(outputs.stream().map(Output::node).toList());
    List<Tensor> found = run(file -> TorchScriptWriter.write(open, file));
    for (int i = 0; i < outputs.size(); i++) {
      OutputDifference difference = OutputDifference.of(expected.get(i), found.get(i));
      if (!difference.isTolerable()) {
        Output output = outputs.get(i);
        return Optional.of(
            "the first operator whose output differs is %s (%s in %s), which %s"
                .formatted(output.node(), output.operator(), output.place(), difference));
      }
    }
    return Optional.empty();
  }

  /** Writes an archive. */
  private interface Writing {
    void to(Path file) throws IOException;
  }

  private List<Tensor> run(Writing writing) throws IOException {
    Path file = Files.createTempFile("compared", ".pt");
    try {
      writing.to(file);
      try (InferenceSession session = InferenceSession.open(file)) {
        return session.outputs(values, graph.sampleShape().batched(batch));
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
