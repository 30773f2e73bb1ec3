package io.edgefrontier.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgefrontier.graph.Layer.BatchNorm;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.Quantized.QuantizedLinear;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerTest {
  static Tensor zeros(int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.ofFloats(shape, new float[Math.toIntExact(shape.elements())]);
  }

  static Conv2d conv(int out, int in, int kernel, int groups) {
    return new Conv2d(
        zeros(out, in / groups, kernel, kernel),
        Optional.of(zeros(out)),
        Window.square(kernel, 1, kernel / 2),
        groups);
  }

  static Linear linear(int out, int in) {
    return new Linear(zeros(out, in), Optional.empty());
  }

  static TensorType floats(String shape) {
    return new TensorType(DType.FLOAT32, Shape.parse(shape));
  }

  private static void assertRefused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  // Expected sizes are PyTorch's: floor((in + 2 padding - dilation (kernel - 1) - 1) / stride) + 1.
  @ParameterizedTest
  @CsvSource({
    "28x28, 3, 1, 1, 1, 28x28",
    "28x28, 3, 2, 1, 1, 14x14",
    "7x9, 3, 2, 0, 1, 3x4",
    "10x10, 3, 1, 0, 2, 6x6",
    "10x11, 3, 3, 2, 3, 3x3",
    "5x5, 5, 1, 0, 1, 1x1",
    "4x4, 1, 2, 0, 1, 2x2"
  })
  void infersTheResultOfAConvolution(
      String in, int kernel, int stride, int padding, int dilation, String out) {
    Window window =
        new Window(Size2d.of(kernel), Size2d.of(stride), Size2d.of(padding), Size2d.of(dilation));
    Conv2d conv = new Conv2d(zeros(6, 2, kernel, kernel), Optional.empty(), window, 2);
    TensorType input = floats("3x4x" + in);
    TensorType expected = floats("3x6x" + out);
    assertEquals(expected, conv.infer(List.of(input)));
    assertEquals(expected.shape().elements() * 2 * kernel * kernel, conv.macs(List.of(input)));
  }

  @Test
  void infersUnequalSides() {
    Window window =
        new Window(new Size2d(3, 5), new Size2d(2, 1), new Size2d(0, 2), new Size2d(1, 2));
    Conv2d conv = new Conv2d(zeros(1, 1, 3, 5), Optional.empty(), window, 1);
    assertEquals(floats("1x1x4x6"), conv.infer(List.of(floats("1x1x9x10"))));
  }

  @Test
  void countsMultiplyAccumulates() {
    assertEquals(28 * 28 * 16 * 9, conv(16, 1, 3, 1).macs(List.of(floats("1x1x28x28"))));
    assertEquals(28 * 28 * 16 * 9, conv(16, 16, 3, 16).macs(List.of(floats("1x16x28x28"))));
    assertEquals(2 * 7 * 7 * 8 * 32, conv(8, 32, 1, 1).macs(List.of(floats("2x32x7x7"))));
    assertEquals(3 * 10 * 64, linear(10, 64).macs(List.of(floats("3x64"))));
    assertEquals(3 * 5 * 10 * 64, linear(10, 64).macs(List.of(floats("3x5x64"))));
    assertEquals(4, conv(8, 4, 3, 2).inChannels());
    assertEquals(0, new Activation.Relu().macs(List.of(floats("3x64"))));
  }

  @Test
  void refusesTensorsThatDoNotFitEachOther() {
    Window three = Window.square(3, 1, 1);
    assertRefused(
        "a conv2d weight has 4 dimensions, got 4x1x3",
        () -> new Conv2d(zeros(4, 1, 3), Optional.empty(), three, 1));
    assertRefused(
        "conv2d kernel has shape 5x5, expected 3x3",
        () -> new Conv2d(zeros(4, 1, 5, 5), Optional.empty(), three, 1));
    assertRefused(
        "conv2d bias has shape 3, expected 4",
        () -> new Conv2d(zeros(4, 1, 3, 3), Optional.of(zeros(3)), three, 1));
    assertRefused(
        "groups must be >= 1 and divide 4 output channels, got 3",
        () -> new Conv2d(zeros(4, 1, 3, 3), Optional.empty(), three, 3));
    assertRefused(
        "a linear weight has 2 dimensions, got 4", () -> new Linear(zeros(4), Optional.empty()));
    assertRefused(
        "linear bias has shape 5, expected 4",
        () -> new Linear(zeros(4, 2), Optional.of(zeros(5))));
    assertRefused(
        "batch norm has shape 2, expected 3",
        () -> new BatchNorm(zeros(3), zeros(3), zeros(2), zeros(3), 1e-5));
    assertRefused(
        "a quantized weight is INT8 with one FLOAT32 scale per output channel,"
            + " got Tensor[FLOAT32 4x2] and Tensor[FLOAT32 4]",
        () ->
            new QuantizedLinear(
                zeros(4, 2), zeros(4), Optional.empty(), false, new QuantParams(1, 0)));
  }

  @Test
  void refusesInputsThatDoNotFit() {
    assertRefused(
        "Conv2d of weight 4x1x3x3 in 2 groups takes 2 channels, got input 1x3x8x8",
        () -> conv(4, 2, 3, 2).infer(List.of(floats("1x3x8x8"))));
    assertRefused(
        "Conv2d takes 4 dimensions, got shape 3x8x8",
        () -> conv(4, 3, 3, 1).infer(List.of(floats("3x8x8"))));
    assertRefused(
        "Linear of weight 3x5 takes 5 features, got input 1x4",
        () -> linear(3, 5).infer(List.of(floats("1x4"))));
    assertRefused(
        "BatchNorm of 3 channels got input 1x4x2x2",
        () ->
            new BatchNorm(zeros(3), zeros(3), zeros(3), zeros(3), 0)
                .infer(List.of(floats("1x4x2x2"))));
  }

  @Test
  void computesInOneFloatingPointType() {
    Tensor half = zeros(3, 5).to(DType.BFLOAT16);
    Tensor whole = Tensor.ofBytes(DType.INT64, Shape.of(3, 5), new byte[120]);
    TensorType input = floats("1x5");
    assertRefused(
        "Linear computes in one type, got input FLOAT32 1x5 and weight BFLOAT16 3x5",
        () -> new Linear(half, Optional.empty()).infer(List.of(input)));
    assertRefused(
        "Linear computes in one type, got input FLOAT32 1x5 and weight INT64 3x5",
        () -> new Linear(whole, Optional.empty()).infer(List.of(input)));
    assertRefused(
        "Linear computes in one type, got input BFLOAT16 1x5 and bias FLOAT32 3",
        () ->
            new Linear(half, Optional.of(zeros(3)))
                .infer(List.of(new TensorType(DType.BFLOAT16, input.shape()))));
    assertRefused(
        "Conv2d computes in one type, got input FLOAT16 1x3x8x8 and weight FLOAT32 4x3x3x3",
        () -> conv(4, 3, 3, 1).infer(List.of(new TensorType(DType.FLOAT16, Shape.of(1, 3, 8, 8)))));
    assertRefused(
        "BatchNorm computes in one type, got input FLOAT32 1x3 and running_var FLOAT16 3",
        () ->
            new BatchNorm(zeros(3), zeros(3), zeros(3), zeros(3).to(DType.FLOAT16), 0)
                .infer(List.of(floats("1x3"))));
    assertRefused(
        "the bias of a quantized layer is FLOAT32, got Tensor[BFLOAT16 3]",
        () ->
            new QuantizedLinear(
                Tensor.ofBytes(DType.INT8, Shape.of(3, 5), new byte[15]),
                zeros(3),
                Optional.of(zeros(3).to(DType.BFLOAT16)),
                false,
                new QuantParams(1, 0)));
  }

  @Test
  void onlyOperatorsThatMoveChooseOrAverageTakeQuint8() {
    TensorType image = new TensorType(DType.QUINT8, Shape.of(1, 3, 4, 4));
    Tensor three = zeros(3);
    for (Op op :
        List.of(
            conv(4, 3, 3, 1),
            linear(2, 4),
            new BatchNorm(three, three, three, three, 0),
            new Activation.Softmax(1),
            new Reshaping.Pad(1, 1, 1, 1, 0))) {
      assertRefused(
          op.getClass().getSimpleName() + " takes a floating-point type, got QUINT8 1x3x4x4",
          () -> requireSameType(op, List.of(image)));
    }
    for (Op op : List.of(new Conversion.Cast(DType.FLOAT16), new Reshaping.Concat(1))) {
      assertRefused(
          (op instanceof Conversion ? "Cast takes a plain type" : "Concat takes plain values")
              + ", got QUINT8 1x3x4x4",
          () -> requireSameType(op, List.of(image)));
    }
    for (Op op : List.of(new Arithmetic.Add(), new Arithmetic.Mul())) {
      assertRefused(
          op.getClass().getSimpleName() + " takes a floating-point type, got QUINT8 1x3x4x4",
          () -> requireSameType(op, List.of(image, image)));
    }
    for (Op op :
        List.of(
            new Activation.Relu(),
            new Activation.Clamp(0, 6),
            new Activation.Dropout(),
            new Pooling.MaxPool2d(Window.square(2, 2, 0), false),
            new Pooling.Mean(List.of(2, 3), false),
            new Reshaping.Flatten(1, -1),
            Reshaping.Reshape.ofSample(Shape.of(48)))) {
      requireSameType(op, List.of(image));
    }
  }

  private static void requireSameType(Op op, List<TensorType> inputs) {
    assertEquals(inputs.get(0).dtype(), op.infer(inputs).dtype());
  }

  @Test
  void quantizedLayersTakeQuint8Only() {
    Tensor weight = Tensor.ofBytes(DType.INT8, Shape.of(2, 3, 1, 1), new byte[6]);
    QuantizedConv2d conv =
        new QuantizedConv2d(
            weight,
            zeros(2),
            Optional.empty(),
            Window.square(1, 1, 0),
            1,
            true,
            new QuantParams(1, 0));
    TensorType input = new TensorType(DType.QUINT8, Shape.of(1, 3, 4, 4));
    assertEquals(new TensorType(DType.QUINT8, Shape.of(1, 2, 4, 4)), conv.infer(List.of(input)));
    assertEquals(2 * 3 * 16, conv.macs(List.of(input)));
    assertRefused(
        "QuantizedConv2d takes QUINT8, got FLOAT32 1x3x4x4",
        () -> conv.infer(List.of(floats("1x3x4x4"))));
    assertEquals(6 + 8, conv.stored().stream().mapToLong(s -> s.tensor().type().bytes()).sum());
  }
}
