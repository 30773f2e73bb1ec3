package io.edgefrontier.lower;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Prepacked;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Networks with kernels on the engine, for tests. */
final class KernelRuns {
  private KernelRuns() {}

  /** Returns the outputs of one call on the engine. */
  static List<float[]> run(Graph graph, float[] input, int batch, Path folder) throws IOException {
    Path archive = Files.createTempFile(folder, "kernels", ".pt");
    TorchScriptWriter.write(graph, archive);
    try (InferenceSession session = InferenceSession.open(archive)) {
      return session.run(input, graph.sampleShape().batched(batch));
    } finally {
      Files.delete(archive);
    }
  }

  /** Returns the largest difference as a share of the largest expected value. */
  static double worstShare(float[] expected, float[] found) {
    if (expected.length != found.length) {
      throw new AssertionError(found.length + " values, expected " + expected.length);
    }
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isFinite(found[i])) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - found[i]));
    }
    return error / largest;
  }

  /** Returns how many operators of a graph run on packed weights. */
  static long packed(Graph graph) {
    return graph.nodes().stream().filter(node -> node.op() instanceof Prepacked).count();
  }

  /** Returns whether the engine loads kernels of oneDNN for values of {@code dtype} here. */
  static boolean oneDnnHas(DType dtype, Path folder) throws IOException {
    NetworkBuilder builder = new NetworkBuilder(1, 2, 4, 4);
    Graph graph = builder.build(builder.conv(Graph.INPUT, 2, 3));
    Precision precision =
        switch (dtype) {
          case BFLOAT16 -> Precision.BF16;
          case FLOAT16 -> Precision.FP16;
          default -> Precision.FP32;
        };
    Graph lowered = PrecisionLowering.lower(graph, precision, Map.of());
    try {
      run(KernelLowering.apply(lowered, 1, site -> Kernel.ONEDNN), builder.samples(1), 1, folder);
      return true;
    } catch (IOException e) {
      if (e.getMessage().contains("CPU instructions")) {
        return false;
      }
      throw e;
    }
  }
}
