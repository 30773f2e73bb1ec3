package io.edgefrontier.graph;

import static io.edgefrontier.graph.LayerTest.floats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.graph.Pooling.AdaptiveAvgPool2d;
import io.edgefrontier.graph.Pooling.MaxPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Reshaping.Concat;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Reshaping.Pad;
import io.edgefrontier.graph.Reshaping.Reshape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeInferenceTest {

  private static void assertRefused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  private static String infer(Op op, String... inputs) {
    List<TensorType> types = Arrays.stream(inputs).map(LayerTest::floats).toList();
    return op.infer(types).shape().toString();
  }

  // Sizes by the formula that the documentation of torch.nn.MaxPool2d gives, worked by hand.
  @ParameterizedTest
  @CsvSource({
    "7, 2, 2, 0, 1, false, 3",
    "7, 2, 2, 0, 1, true, 4",
    "8, 2, 2, 0, 1, true, 4",
    "6, 3, 2, 0, 1, false, 2",
    "6, 3, 2, 0, 1, true, 3",
    "5, 2, 2, 1, 1, true, 3",
    "4, 2, 3, 1, 1, true, 2",
    "3, 1, 3, 0, 1, true, 1",
    "9, 3, 2, 1, 2, false, 4",
    "10, 3, 2, 1, 2, true, 5"
  })
  void infersPooling(int in, int k, int s, int p, int d, boolean ceil, int out) {
    Window window = new Window(Size2d.of(k), Size2d.of(s), Size2d.of(p), Size2d.of(d));
    String found = infer(new MaxPool2d(window, ceil), "2x3x%dx%d".formatted(in, in));
    assertEquals("2x3x%dx%d".formatted(out, out), found);
  }

  @Test
  void infersOtherPooling() {
    assertEquals("2x3x2x5", infer(new AdaptiveAvgPool2d(new Size2d(2, 5)), "2x3x7x4"));
    assertEquals("2x3", infer(new Mean(List.of(2, 3), false), "2x3x7x4"));
    assertEquals("2x3x1x1", infer(new Mean(List.of(-1, -2), true), "2x3x7x4"));
    for (List<Integer> axes : List.of(List.<Integer>of(), List.of(2, 2), List.of(1, -3))) {
      assertRefused(
          "Mean is over one or more different axes, got " + axes + " of shape 2x3x4x4",
          () -> infer(new Mean(axes, false), "2x3x4x4"));
    }
    assertRefused(
        "axis 4 is outside shape 2x3x4x4", () -> infer(new Mean(List.of(4), false), "2x3x4x4"));
    assertRefused(
        "window Window[kernel=Size2d[h=5, w=5], stride=Size2d[h=1, w=1],"
            + " padding=Size2d[h=0, w=0], dilation=Size2d[h=1, w=1]] does not fit an input of 4",
        () -> infer(new MaxPool2d(Window.square(5, 1, 0), false), "1x1x4x4"));
    assertRefused("stride must be >= 1, got Size2d[h=0, w=0]", () -> Window.square(3, 0, 0));
  }

  @Test
  void infersSoftmax() {
    assertEquals("2x3x4", infer(new Activation.Softmax(-1), "2x3x4"));
    assertRefused("axis 2 is outside shape 2x3", () -> infer(new Activation.Softmax(2), "2x3"));
  }

  @ParameterizedTest
  @CsvSource({"1, -1, 2x60", "1, 2, 2x12x5", "2, 3, 2x3x20", "-2, -1, 2x3x20", "1, 1, 2x3x4x5"})
  void infersFlatten(int start, int end, String out) {
    assertEquals(out, infer(new Flatten(start, end), "2x3x4x5"));
  }

  @Test
  void infersReshaping() {
    assertEquals("2x5x12", infer(Reshape.ofSample(Shape.of(5, 12)), "2x3x4x5"));
    assertEquals("2x7x4x4", infer(new Concat(1), "2x3x4x4", "2x4x4x4"));
    assertEquals("2x3x4x9", infer(new Concat(-1), "2x3x4x4", "2x3x4x5"));
    assertEquals("2x3x9x7", infer(new Pad(1, 2, 2, 3, 0), "2x3x4x4"));
    assertRefused(
        "cannot reshape 2x3x4 to [-1, 13]", () -> infer(Reshape.ofSample(Shape.of(13)), "2x3x4"));
    assertRefused(
        "cannot concatenate [FLOAT32 2x3x4x4, FLOAT32 2x3x4x5] along axis 1",
        () -> infer(new Concat(1), "2x3x4x4", "2x3x4x5"));
    assertRefused(
        "cannot concatenate [FLOAT32 2x3, FLOAT32 2x3x1] along axis 0",
        () -> infer(new Concat(0), "2x3", "2x3x1"));
    assertRefused(
        "Flatten[startAxis=1, endAxis=0] does not fit shape 2x3",
        () -> infer(new Flatten(1, 0), "2x3"));
    assertRefused("padding must be >= 0", () -> new Pad(0, -1, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "2x3x4x4, 2x3x4x4, 2x3x4x4",
    "2x3x4x4, 2x3x1x1, 2x3x4x4",
    "2x1x4x4, 2x3x4x1, 2x3x4x4"
  })
  void infersBroadcasts(String a, String b, String out) {
    assertEquals(out, infer(new Arithmetic.Mul(), a, b));
    assertEquals(out, infer(new Arithmetic.Add(), b, a));
  }

  @Test
  void refusesArithmeticThatDoesNotFit() {
    assertRefused(
        "Add of shapes 2x3 and 2x4: they do not broadcast",
        () -> infer(new Arithmetic.Add(), "2x3", "2x4"));
    assertRefused(
        "Add of shapes 8x4x8 and 8x8: they do not broadcast",
        () -> infer(new Arithmetic.Add(), "8x4x8", "8x8"));
    assertRefused("Mul takes 2 inputs, got 1", () -> infer(new Arithmetic.Mul(), "2x3"));
    TensorType half = new TensorType(DType.FLOAT16, Shape.of(2, 3));
    assertRefused(
        "Add of FLOAT16 2x3 and FLOAT32 2x3: types differ",
        () -> new Arithmetic.Add().infer(List.of(half, floats("2x3"))));
  }

  @Test
  void quantizedSumsTakeEqualShapesOnly() {
    QuantParams params = new QuantParams(1, 0);
    TensorType image = new TensorType(DType.QUINT8, Shape.of(2, 3, 4, 4));
    TensorType cells = image.with(Shape.of(2, 3, 1, 1));
    Op add = new Quantized.QuantizedAdd(false, params);
    assertEquals(image, add.infer(List.of(image, image)));
    assertEquals(image, new Quantized.QuantizedMul(false, params).infer(List.of(image, cells)));
    assertRefused(
        "QuantizedAdd takes equal shapes, got 2x3x4x4 and 2x3x1x1",
        () -> add.infer(List.of(image, cells)));
  }

  @Test
  void refusesDimensionsThatNoIntCanCount() {
    int half = 1 << 30;
    String wide = "1x1x1x" + (Integer.MAX_VALUE - 1);
    assertOverflow(() -> infer(new Flatten(1, -1), "1x%dx4".formatted(half)));
    assertOverflow(() -> infer(new Flatten(1, -1), "1x%dx3".formatted(half)));
    assertOverflow(() -> infer(new Pad(1, 1, 0, 0, 0), wide));
    assertOverflow(() -> infer(new Pad(0, 0, half, half, 0), "1x1x1x1"));
    assertOverflow(() -> infer(new Concat(3), wide, wide));
    assertOverflow(() -> infer(new MaxPool2d(Window.square(1, 1, half), false), wide));
    assertOverflow(() -> Shape.of(1, 4, half).strides().get(0));
    assertEquals(List.of(half, 1), Shape.of(4, half).strides());
    Window dilated = new Window(Size2d.of(3), Size2d.of(1), Size2d.of(0), Size2d.of(half));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> infer(new MaxPool2d(dilated, false), "1x1x8x8"))
            .getMessage()
            .endsWith("does not fit an input of 8"));
  }

  private static void assertOverflow(Executable code) {
    String message = assertThrows(ArithmeticException.class, code).getMessage();
    assertEquals("integer overflow", message);
  }

  @Test
  void infersConversions() {
    TensorType real = floats("2x3");
    TensorType stored = new TensorType(DType.QUINT8, Shape.of(2, 3));
    assertEquals(
        new TensorType(DType.BFLOAT16, Shape.of(2, 3)),
        new Conversion.Cast(DType.BFLOAT16).infer(List.of(real)));
    Op quantize = new Conversion.Quantize(new QuantParams(0.1f, 3));
    assertEquals(stored, quantize.infer(List.of(real)));
    assertEquals(real, new Conversion.Dequantize().infer(List.of(stored)));
    assertRefused(
        "only FLOAT32 can be quantized, got QUINT8 2x3", () -> quantize.infer(List.of(stored)));
    assertRefused(
        "Dequantize takes QUINT8, got FLOAT32 2x3",
        () -> new Conversion.Dequantize().infer(List.of(real)));
    assertRefused(
        "cast is to a floating-point type, INT64 or BOOL, got INT8",
        () -> new Conversion.Cast(DType.INT8));
  }

  @Test
  void refusesParametersThatMakeNoSense() {
    assertRefused("clamp needs low < high, got 1.0 and 1.0", () -> new Activation.Clamp(1, 1));
    assertRefused("scale must be > 0 and finite, got 0.0", () -> new QuantParams(0, 0));
    assertRefused("scale must be > 0 and finite, got NaN", () -> new QuantParams(Float.NaN, 0));
    assertRefused("zeroPoint must be in [0, 255], got 256", () -> new QuantParams(1, 256));
  }

  @Test
  void parsesShapes() {
    assertEquals(Shape.of(1, 28, 28), Shape.parse("1,28, 28"));
    assertEquals(Shape.of(3, 224, 224), Shape.parse(" 3x224x224"));
    assertEquals(List.of(12, 4, 1), Shape.of(2, 3, 4).strides());
    assertRefused(
        "'1x?' is not a shape; expected dimensions such as 1,28,28", () -> Shape.parse("1x?"));
    assertRefused("dimensions must be >= 1, got [1, 0]", () -> Shape.parse("1x0"));
    assertTrue(
        assertThrows(ArithmeticException.class, () -> Shape.of(1 << 30, 1 << 30, 64).elements())
            .getMessage()
            .contains("overflow"));
  }
}
