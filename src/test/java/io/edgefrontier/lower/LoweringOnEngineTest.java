package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.NetworkBuilder;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.ReferenceInterpreter;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Window;
import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lowered networks on the real engine against the plain-Java interpreter. */
class LoweringOnEngineTest {
  private static final int BATCH = 8;

  @TempDir Path folder;

  private final NetworkBuilder builder = new NetworkBuilder(3, 3, 12, 12);

  private Graph residualNetwork() {
    String stem = builder.relu(builder.batchNorm(builder.conv(Graph.INPUT, 16, 3)));
    String inner = builder.relu(builder.batchNorm(builder.conv(stem, 16, 3)));
    String block = builder.relu(builder.add(builder.batchNorm(builder.conv(inner, 16, 3)), stem));
    String down = builder.conv(block, 32, Window.square(3, 2, 1), 1, false);
    String last = builder.relu(builder.batchNorm(down));
    return builder.build(builder.linear(builder.mean(last), 10));
  }

  private Graph mobileNetwork() {
    String stem = builder.conv(Graph.INPUT, 8, Window.square(3, 2, 1), 1, false);
    String relu6 = builder.op(new Activation.Clamp(0, 6), builder.batchNorm(stem));
    String depth = builder.relu(builder.batchNorm(builder.depthwise(relu6)));
    String point = builder.relu(builder.conv(depth, 16, 1));
    String joined = builder.maxPool(builder.concat(point, depth));
    String gate = builder.op(new Pooling.AdaptiveAvgPool2d(Size2d.of(1)), joined);
    String gated = builder.mul(joined, builder.relu(builder.conv(gate, 24, 1)));
    String hidden = builder.relu(builder.linear(builder.flatten(gated), 20));
    return builder.build(builder.op(new Activation.Softmax(1), builder.linear(hidden, 10)));
  }

  @ParameterizedTest
  @EnumSource
  void residualNetworkAgreesWithTheInterpreter(Precision precision) throws IOException {
    assertAgrees(residualNetwork(), precision);
  }

  @ParameterizedTest
  @EnumSource
  void mobileNetworkAgreesWithTheInterpreter(Precision precision) throws IOException {
    assertAgrees(mobileNetwork(), precision);
  }

  private void assertAgrees(Graph graph, Precision precision) throws IOException {
    float[] input = builder.samples(BATCH);
    Map<String, QuantParams> ranges = PrecisionLoweringTest.calibrated(graph, input, BATCH);
    Graph lowered = PrecisionLowering.lower(graph, precision, ranges);
    Path archive = folder.resolve(precision.label() + ".pt");
    TorchScriptWriter.write(lowered, archive);
    float[] expected = ReferenceInterpreter.run(lowered, input, BATCH).get(0);
    try (InferenceSession session = InferenceSession.open(archive)) {
      List<float[]> found = session.run(input, graph.sampleShape().batched(BATCH));
      assertEquals(1, found.size());
      double share = worstShare(expected, found.get(0));
      double tolerance =
          switch (precision) {
            case FP32 -> 1e-5;
            case FP16 -> 3e-3;
            case BF16 -> 2e-2;
            case INT8 -> 5e-3; // a value on the edge between two steps may fall to either side
          };
      assertTrue(share < tolerance, () -> precision + " differs by " + share);
    }
  }

  private static double worstShare(float[] expected, float[] found) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - found[i]));
    }
    return error / largest;
  }
}
