package io.edgefrontier.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelRuleTest {
  private static final KernelSupport ALL =
      new KernelSupport(
          Map.of(
              Kernel.XNNPACK, Set.of(DType.FLOAT32),
              Kernel.ONEDNN, Set.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16)));
  private static final KernelSupport NONE = new KernelSupport(Map.of());
  private static final KernelSupport AVX2 =
      new KernelSupport(
          Map.of(Kernel.XNNPACK, Set.of(DType.FLOAT32), Kernel.ONEDNN, Set.of(DType.FLOAT32)));

  @Test
  void smallAndDepthwiseFloat32ConvolutionsRunOnXnnpackLargeOnesOnOneDnn() {
    KernelRule rule = new KernelRule(ALL, 1);
    assertEquals(Kernel.XNNPACK, rule.apply(conv(DType.FLOAT32, 1, 16, 1)));
    // 16 x 16 x 3 x 3 x 32 x 32 = 2.36 million, 32 times at batch size 32
    assertEquals(Kernel.ONEDNN, rule.apply(conv(DType.FLOAT32, 32, 16, 1)));
    assertEquals(Kernel.XNNPACK, rule.apply(conv(DType.FLOAT32, 32, 16, 16)));
  }

  @Test
  void sixteenBitsRunOnOneDnnWhereTheCpuHasThem() {
    KernelRule rule = new KernelRule(ALL, 1);
    assertEquals(Kernel.ONEDNN, rule.apply(conv(DType.BFLOAT16, 1, 16, 1)));
    assertEquals(Kernel.ONEDNN, rule.apply(conv(DType.FLOAT16, 1, 16, 16)));
    assertEquals(Kernel.ATEN, new KernelRule(AVX2, 1).apply(conv(DType.BFLOAT16, 1, 16, 1)));
  }

  @Test
  void linearLayersGoBySize() {
    KernelRule rule = new KernelRule(ALL, 1);
    assertEquals(Kernel.XNNPACK, rule.apply(linear(DType.FLOAT32, 64, 10)));
    assertEquals(Kernel.ATEN, rule.apply(linear(DType.FLOAT32, 1000, 1000)));
    assertEquals(Kernel.ATEN, rule.apply(linear(DType.BFLOAT16, 64, 10)));
    assertEquals(Kernel.ONEDNN, rule.apply(linear(DType.BFLOAT16, 512, 1000)));
  }

  @Test
  void severalThreadsLeaveXnnpackOut() {
    KernelRule rule = new KernelRule(ALL, 2);
    assertEquals(Kernel.ONEDNN, rule.apply(conv(DType.FLOAT32, 1, 16, 1)));
    assertEquals(Kernel.ATEN, rule.apply(linear(DType.FLOAT32, 64, 10)));
  }

  @Test
  void whatTheEngineLacksIsNotChosen() {
    KernelRule rule = new KernelRule(NONE, 1);
    for (DType dtype : Set.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16)) {
      assertEquals(Kernel.ATEN, rule.apply(conv(dtype, 32, 64, 1)));
      assertEquals(Kernel.ATEN, rule.apply(linear(dtype, 512, 1000)));
    }
    KernelSupport onlyXnnpack = new KernelSupport(Map.of(Kernel.XNNPACK, Set.of(DType.FLOAT32)));
    assertEquals(
        Kernel.XNNPACK, new KernelRule(onlyXnnpack, 1).apply(conv(DType.FLOAT32, 32, 16, 1)));
  }

  @Test
  void sitesAreNamedByAllThatDecides() {
    assertEquals(
        "conv2d bfloat16 2x16x32x32 weight 16x1x3x3 stride 1x1 padding 1x1 dilation 1x1 groups 16",
        conv(DType.BFLOAT16, 2, 16, 16).inWords());
    assertEquals("linear float32 1x64 weight 10x64", linear(DType.FLOAT32, 64, 10).inWords());
  }

  private static LayerSite conv(DType dtype, int batch, int channels, int groups) {
    Tensor weight = zeros(dtype, Shape.of(channels, channels / groups, 3, 3));
    return new LayerSite(
        new Layer.Conv2d(weight, Optional.empty(), Window.square(3, 1, 1), groups),
        new TensorType(dtype, Shape.of(batch, channels, 32, 32)),
        false,
        Optional.empty());
  }

  private static LayerSite linear(DType dtype, int in, int out) {
    return new LayerSite(
        new Layer.Linear(zeros(dtype, Shape.of(out, in)), Optional.empty()),
        new TensorType(dtype, Shape.of(1, in)),
        false,
        Optional.empty());
  }

  private static Tensor zeros(DType dtype, Shape shape) {
    return Tensor.ofFloats(shape, new float[(int) shape.elements()]).to(dtype);
  }
}
