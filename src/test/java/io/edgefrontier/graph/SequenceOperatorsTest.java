package io.edgefrontier.graph;

import static io.edgefrontier.graph.LayerTest.floats;
import static io.edgefrontier.graph.LayerTest.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgefrontier.graph.Layer.ConvTranspose2d;
import io.edgefrontier.graph.Normalization.GroupNorm;
import io.edgefrontier.graph.Normalization.LayerNorm;
import io.edgefrontier.graph.Reshaping.Expand;
import io.edgefrontier.graph.Reshaping.Reshape;
import io.edgefrontier.graph.Reshaping.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types, work and stored tensors of the operators of sequences, decoders and transformers. */
class SequenceOperatorsTest {
  private static void assertRefused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  private static String infer(Op op, String... inputs) {
    List<TensorType> types = Arrays.stream(inputs).map(LayerTest::floats).toList();
    return op.infer(types).shape().toString();
  }

  // Sizes by the formula that the documentation of torch.nn.ConvTranspose2d gives.
  @ParameterizedTest
  @CsvSource({
    "5, 3, 1, 1, 1, 0, 5",
    "5, 3, 2, 1, 1, 1, 10",
    "4, 2, 2, 0, 1, 0, 8",
    "3, 3, 3, 0, 2, 2, 13"
  })
  void infersATransposedConvolution(int in, int k, int s, int p, int d, int extra, int out) {
    Window window = new Window(Size2d.of(k), Size2d.of(s), Size2d.of(p), Size2d.of(d));
    ConvTranspose2d op =
        new ConvTranspose2d(zeros(4, 3, k, k), Optional.of(zeros(6)), window, Size2d.of(extra), 2);
    String input = "2x4x%dx%d".formatted(in, in);
    assertEquals("2x6x%dx%d".formatted(out, out), infer(op, input));
    assertEquals(2L * 4 * in * in * 3 * k * k, op.macs(List.of(floats(input))));
    assertEquals(2, op.stored().size());
    assertRefused(
        "ConvTranspose2d takes 4 channels, got input 1x3x5x5", () -> infer(op, "1x3x5x5"));
  }

  @Test
  void infersLayers() {
    LayerNorm layers =
        new LayerNorm(Shape.of(3, 4), Optional.of(zeros(3, 4)), Optional.empty(), 1e-5);
    assertEquals("2x3x4", infer(layers, "2x3x4"));
    assertRefused("LayerNorm over 3x4 got input 2x4x3", () -> infer(layers, "2x4x3"));
    GroupNorm groups = new GroupNorm(3, Optional.of(zeros(6)), Optional.empty(), 1e-5);
    assertEquals("2x6x4", infer(groups, "2x6x4"));
    assertRefused("GroupNorm of 3 groups got input 2x4x4", () -> infer(groups, "2x4x4"));
    assertRefused("group norm weight has shape 6, expected 9", () -> infer(groups, "2x9x4"));
    assertRefused(
        "Prelu of 3 slopes got input 2x4x4", () -> infer(new Layer.Prelu(zeros(3)), "2x4x4"));
    Op embedding = new Layer.Embedding(zeros(9, 5));
    TensorType indices = new TensorType(DType.INT64, Shape.of(2, 7));
    assertEquals(floats("2x7x5"), embedding.infer(List.of(indices)));
    assertRefused("Embedding takes INT64 indices, got FLOAT32 2x7", () -> infer(embedding, "2x7"));
  }

  @Test
  void changesStoredTensors() {
    Tensor other = zeros(3).to(DType.FLOAT16);
    GroupNorm norm = new GroupNorm(3, Optional.of(zeros(3)), Optional.of(zeros(3)), 1e-5);
    assertEquals(Optional.of(other), norm.withStored(t -> other).bias());
    Constant constant = new Constant(zeros(2, 3), true);
    assertSame(other, constant.withStored(t -> other).tensor());
    assertEquals(floats("2x3"), constant.infer(List.of()));
    assertRefused("Constant takes no inputs, got [FLOAT32 2x3]", () -> infer(constant, "2x3"));
  }

  @ParameterizedTest
  @CsvSource({
    "2x3x4, 2x4x5, 2x3x5, 120",
    "7x1x3x4, 2x4x5, 7x2x3x5, 840",
    "2x3x4, 4, 2x3, 24",
    "4, 2x4x5, 2x5, 40",
    "3x4, 2x4x5, 2x3x5, 120"
  })
  void infersMatrixProducts(String a, String b, String out, long macs) {
    Op op = new Arithmetic.MatMul();
    assertEquals(out, infer(op, a, b));
    assertEquals(macs, op.macs(List.of(floats(a), floats(b))));
  }

  @Test
  void infersAttention() {
    Op op = new Attention(false, Optional.empty());
    List<TensorType> inputs = List.of(floats("2x5x4"), floats("2x7x4"), floats("2x7x3"));
    assertEquals(floats("2x5x3"), op.infer(inputs));
    assertEquals(2 * 5 * 7 * (4 + 3), op.macs(inputs));
    assertRefused(
        "Attention of query 2x5x4, key 2x7x3 and value 2x7x3: sizes differ",
        () -> infer(op, "2x5x4", "2x7x3", "2x7x3"));
  }

  @Test
  void infersSummariesAndResizing() {
    assertEquals(
        "2x1x4", infer(new Pooling.Reduce(Pooling.Reduce.Kind.SUM, List.of(1), true), "2x3x4"));
    TensorType largest = new Pooling.ArgMax(-1, false).infer(List.of(floats("2x3x4")));
    assertEquals(new TensorType(DType.INT64, Shape.of(2, 3)), largest);
    Op resize = new Pooling.Resize(Pooling.Resize.Mode.NEAREST, new Size2d(6, 9), false);
    assertEquals("2x3x6x9", infer(resize, "2x3x4x4"));
  }

  @Test
  void infersMovedAxes() {
    assertEquals("2x1x3", infer(new Reshaping.Unsqueeze(1), "2x3"));
    assertEquals("2x3", infer(new Reshaping.Squeeze(1), "2x1x3"));
    assertEquals("2x4", infer(new Reshaping.Select(1, 2), "2x3x4"));
    assertEquals("2x3", infer(new Slice(1, 1, 8, 3), "2x8"));
    assertEquals("2x5x3", infer(new Expand(List.of(-1, 5, -1)), "2x1x3"));
    assertEquals("7x1x3", infer(new Expand(List.of(0, -1, -1)), "1x3", "7x9"));
    assertRefused(
        "squeeze takes an axis of size 1, got axis 1 of 2x3",
        () -> infer(new Reshaping.Squeeze(1), "2x3"));
    assertRefused(
        "index 3 is outside axis 1 of 2x3x4", () -> infer(new Reshaping.Select(1, 3), "2x3x4"));
    assertRefused(
        "cannot expand 2x2x3 to [-1, 5, -1]", () -> infer(new Expand(List.of(-1, 5, -1)), "2x2x3"));
    assertRefused(
        "Expand to [0, -1] takes 2 inputs, got 1", () -> infer(new Expand(List.of(0, -1)), "1x3"));
  }

  @Test
  void refusesAGraphWhoseTypesFitOneBatchSizeOnly() {
    NetworkBuilder builder = new NetworkBuilder(1, 4);
    String squeezed = builder.op(new Reshaping.Squeeze(0), Graph.INPUT);
    assertRefused(
        squeezed + ": squeeze takes an axis of size 1, got axis 0 of 61x4",
        () -> builder.build(squeezed));
    NetworkBuilder fixed = new NetworkBuilder(1, 4);
    String shaped = fixed.op(new Reshape(List.of(1, 4)), Graph.INPUT);
    assertRefused(shaped + ": cannot reshape 61x4 to [1, 4]", () -> fixed.build(shaped));
  }
}
