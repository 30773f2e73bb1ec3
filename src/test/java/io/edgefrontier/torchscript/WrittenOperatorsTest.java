package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.OperatorGraphs;
import io.edgefrontier.graph.ReferenceInterpreter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine computes from an archive what naive loops compute from its graph. */
class WrittenOperatorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 1, 1e-5",
    "FLOAT32, 3, 1e-5",
    "BFLOAT16, 1, 2e-2",
    "BFLOAT16, 3, 2e-2",
    "FLOAT16, 1, 3e-3",
    "FLOAT16, 3, 3e-3"
  })
  void engineAgreesWithNaiveLoops(DType dtype, int batch, double tolerance) throws IOException {
    Graph graph = OperatorGraphs.in(dtype);
    float[] input = OperatorGraphs.samples(batch);
    List<float[]> expected = ReferenceInterpreter.run(graph, input, batch);
    try (InferenceSession session = InferenceSession.open(write(graph))) {
      List<float[]> found = session.run(input, graph.sampleShape().batched(batch));
      assertEquals(expected.size(), found.size());
      for (int i = 0; i < found.size(); i++) {
        String output = graph.outputs().get(i);
        double error = error(expected.get(i), found.get(i));
        assertTrue(error < tolerance, () -> output + " differs by " + error);
      }
    }
  }

  /** Returns the largest difference as a share of the largest value. */
  private static double error(float[] expected, float[] found) {
    assertEquals(expected.length, found.length);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - found[i]));
    }
    return error / largest;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void readsBackEqual(DType dtype) throws IOException {
    Graph graph = OperatorGraphs.in(dtype);
    Graph read = TorchScriptReader.read(write(graph), graph.sampleShape());
    for (int i = 0; i < graph.nodes().size(); i++) {
      assertEquals(graph.nodes().get(i), read.nodes().get(i));
    }
    assertEquals(graph, read);
  }

  private Path write(Graph graph) throws IOException {
    Path file = folder.resolve("test.pt");
    TorchScriptWriter.write(graph, file);
    return file;
  }
}
