package io.edgefrontier.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.engine.InferenceSession;
import io.edgefrontier.engine.OperatorProfile;
import io.edgefrontier.engine.OperatorProfiler;
import io.edgefrontier.engine.OperatorTime;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrintedCallsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "self.weight | ''",
        "torch.conv2d(x, self.w, None, [1, 1], [0, 0], [1, 1], 1) | aten::conv2d",
        "ops.quantized.conv2d_relu(x, self.p, 0.5, 3) | quantized::conv2d_relu",
        "torch.quantize_per_tensor(torch.contiguous(x, memory_format=2), 0.1, 0, 13)"
            + " | aten::contiguous aten::quantize_per_tensor",
        "torch.add(torch.relu(x), torch.neg(y)) | aten::relu aten::neg aten::add",
        "torch.expand(x, [torch.size(input, 0), 4]) | aten::expand",
        "torch.zeros([torch.mul(torch.size(input, 0), 8), 2], dtype=6, device=\"cpu\")"
            + " | aten::zeros",
        "torch.einsum(\"(a(b\", [x, y]) | aten::einsum",
        "ops.mkldnn._convolution_pointwise(x, self.w, None, [0, 0], \"relu\","
            + " annotate(List[Optional[number]], []), None) | mkldnn::_convolution_pointwise",
        "torch.mul(unchecked_cast(Tensor, x), (y)) | aten::mul",
      })
  void argumentsComeBeforeWhatTakesThem(String expression, String operators) {
    assertEquals(operators.replace("''", ""), String.join(" ", PrintedCalls.operators(expression)));
  }

  static Stream<Graph> graphs() {
    return Stream.of(
        SampleGraphs.floating(DType.FLOAT32),
        SampleGraphs.floating(DType.BFLOAT16),
        SampleGraphs.floating(DType.FLOAT16),
        SampleGraphs.quantized());
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void theEngineRunsWhatIsPrinted(Graph graph) throws IOException {
    Map<String, List<String>> operators = TorchScriptWriter.operators(graph);
    assertEquals(graph.nodes().stream().map(Node::name).toList(), List.copyOf(operators.keySet()));
    Path file = folder.resolve("net.pt");
    TorchScriptWriter.write(graph, file);
    Shape batch = graph.sampleShape().batched(2);
    try (InferenceSession session = InferenceSession.open(file)) {
      OperatorProfile profile =
          OperatorProfiler.profile(session, new float[(int) batch.elements()], batch);
      assertEquals(
          operators.values().stream().flatMap(List::stream).toList(),
          profile.operators().stream().map(OperatorTime::operator).toList());
    }
  }
}
