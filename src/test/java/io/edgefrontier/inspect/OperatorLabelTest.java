package io.edgefrontier.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Activation.Function;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.BatchedType;
import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Pooling;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorLabelTest {
  static Stream<Arguments> labels() {
    Tensor weight = Tensor.ofFloats(Shape.of(4, 1, 3, 5), new float[60]);
    Window odd = new Window(new Size2d(3, 5), new Size2d(2, 1), new Size2d(1, 2), new Size2d(2, 2));
    return Stream.of(
        Arguments.of(
            new Layer.Conv2d(weight, Optional.empty(), odd, 4), "Conv2d", "3x5 s2x1 p1x2 d2 g4"),
        Arguments.of(
            new Pooling.MaxPool2d(Window.square(3, 2, 1), true), "MaxPool2d", "3x3 s2 p1 ceil"),
        Arguments.of(new Pooling.AdaptiveAvgPool2d(new Size2d(1, 2)), "AdaptiveAvgPool2d", "1x2"),
        Arguments.of(new Pooling.Mean(List.of(2, 3), false), "Mean", "axes=[2,3]"),
        Arguments.of(new Activation.Pointwise(Function.HARDSWISH), "Pointwise", "hardswish"),
        Arguments.of(new Activation.Clamp(0, 6.5), "Clamp", "low=0 high=6.5"),
        Arguments.of(new Activation.Relu(), "Relu", ""),
        Arguments.of(new Arithmetic.Add(), "Add", ""),
        Arguments.of(
            new Conversion.Quantize(new QuantParams(0.5f, 7)), "Quantize", "scale=0.5 zero=7"),
        Arguments.of(new Reshaping.Permute(List.of(0, 2, 3, 1)), "Permute", "axes=[0,2,3,1]"));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void namesTheMainArguments(Op op, String kind, String arguments) {
    assertEquals(kind, OperatorLabel.kind(op));
    assertEquals(arguments, OperatorLabel.arguments(op));
  }

  @Test
  void cutsLongArguments() {
    String label = OperatorLabel.arguments(new Reshaping.Reshape(Collections.nCopies(40, 1)));

    assertEquals(40, label.length());
    assertEquals("...", label.substring(37));
  }

  @Test
  void writesTheBatchAsN() {
    assertEquals("Nx3x8", BatchedShape.text(Shape.of(1, 3, 8), Shape.of(2, 3, 8)));
    assertEquals("4Nx8", BatchedShape.text(Shape.of(4, 8), Shape.of(8, 8)));
    assertEquals("96x1", BatchedShape.text(Shape.of(96, 1), Shape.of(96, 1)));
    assertEquals("scalar", BatchedShape.text(Shape.of(), Shape.of()));
  }

  @Test
  void opaqueCallsAreNamedByTheirFunction() {
    BatchedType type =
        new BatchedType(new TensorType(DType.FLOAT32, Shape.of(1, 4)), List.of(true, false));
    Opaque.Call call =
        new Opaque.Call(
            "torch.sort",
            new Opaque.Origin("line 1", "unknown", 3),
            "torch.sort(${0})",
            List.of(type),
            List.of(),
            List.of(type, type),
            true,
            OptionalLong.of(0));
    assertEquals("opaque torch.sort", OperatorLabel.kind(call));
    assertEquals("", OperatorLabel.arguments(call));
    assertEquals("result 1 of torch.sort", OperatorLabel.kind(Opaque.result(call, 1)));
  }
}
