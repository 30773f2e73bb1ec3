package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.engine.OperatorCounts;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A looped archive gives the answer of the network, and the engine runs it in every round. */
class LoopedArchiveTest {
  private static final Shape INPUT = SampleGraphs.SAMPLE.batched(1);

  @TempDir Path folder;

  @Test
  void answersLikeTheNetworkInEveryPrecision() throws IOException {
    for (Graph graph :
        List.of(
            SampleGraphs.floating(DType.FLOAT32),
            SampleGraphs.floating(DType.BFLOAT16),
            SampleGraphs.quantized())) {
      float[] once = run(archive(graph)).get(0);
      assertArrayEquals(once, run(looped(archive(graph), 3)).get(0));
    }
  }

  @Test
  void answersWithEveryOutput() throws IOException {
    Graph graph =
        SampleGraphs.floating(DType.FLOAT32).withOutputs(List.of("conv1", Graph.INPUT, "softmax"));
    List<float[]> once = run(archive(graph));
    List<float[]> looped = run(looped(archive(graph), 2));
    assertEquals(3, looped.size());
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(once.get(i), looped.get(i));
    }
  }

  @Test
  void engineRunsEveryOperatorInEveryRound() throws IOException {
    for (Graph graph : List.of(SampleGraphs.floating(DType.FLOAT32), SampleGraphs.quantized())) {
      Map<String, Integer> once = operators(archive(graph));
      assertTrue(once.keySet().stream().anyMatch(name -> name.contains("conv")), once.toString());
      // 10 rounds would be unrolled, 100 would be too many to unroll, were it a for loop.
      for (int rounds : new int[] {10, 100}) {
        Map<String, Integer> looped = operators(looped(archive(graph), rounds));
        once.forEach((name, count) -> assertEquals(count * rounds, looped.get(name), name));
      }
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    Path archive = archive(SampleGraphs.floating(DType.FLOAT32));
    Path target = folder.resolve("target.pt");
    assertThrows(
        IllegalArgumentException.class, () -> LoopedArchive.write(archive, 0, target), "rounds");
    Path text = Files.writeString(folder.resolve("text.pt"), "no archive");
    assertThrows(IOException.class, () -> LoopedArchive.write(text, 2, target));
  }

  private Path archive(Graph graph) throws IOException {
    Path file = folder.resolve("once.pt");
    TorchScriptWriter.write(graph, file);
    return file;
  }

  private Path looped(Path archive, int rounds) throws IOException {
    Path file = folder.resolve("looped.pt");
    LoopedArchive.write(archive, rounds, file);
    return file;
  }

  private static float[] input() {
    float[] values = new float[Math.toIntExact(INPUT.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7919 % 2003) / 1001.5f - 1;
    }
    return values;
  }

  private static List<float[]> run(Path archive) throws IOException {
    try (InferenceSession session = InferenceSession.open(archive)) {
      return session.run(input(), INPUT);
    }
  }

  /** Counts after calls enough for the engine to have optimised the code. */
  private Map<String, Integer> operators(Path archive) throws IOException {
    try (InferenceSession session = InferenceSession.open(archive)) {
      for (int i = 0; i < 5; i++) {
        session.run(input(), INPUT);
      }
      return OperatorCounts.of(() -> session.run(input(), INPUT), folder.resolve("profile.json"));
    }
  }
}
