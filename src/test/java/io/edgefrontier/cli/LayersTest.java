package io.edgefrontier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.BatchedType;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.prepare.PreparedVariant;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final BatchedType IN =
      new BatchedType(new TensorType(DType.FLOAT32, Shape.of(1, 6)), List.of(true, false));
  private static final BatchedType MERGED =
      new BatchedType(new TensorType(DType.FLOAT32, Shape.of(5, 2)), List.of(false, true));

  private static Opaque.Call call(int line, OptionalLong macs) {
    return new Opaque.Call(
        "torch.f",
        new Opaque.Origin("code/net.py, line " + line, "the graph has no such operator", 3),
        "torch.f(${0})",
        List.of(IN),
        List.of(),
        List.of(IN, MERGED),
        true,
        macs);
  }

  private static final Opaque.Call FIRST = call(4, OptionalLong.empty());
  private static final Graph GRAPH =
      new Graph(
          "net",
          Shape.of(6),
          List.of(
              new Node("f", FIRST, List.of(Graph.INPUT)),
              new Node("f_1", Opaque.result(FIRST, 1), List.of("f", Graph.INPUT)),
              new Node("relu", new Activation.Relu(), List.of("f")),
              new Node("again", call(9, OptionalLong.of(12)), List.of("relu"))),
          List.of("again", "f_1"));
  private static final List<LayerRow> ROWS =
      Layers.of(
          new PreparedVariant(
              ManifestEntry.failed(new Variant("net", 0, Precision.FP32), "not written"),
              Optional.of(GRAPH),
              Map.of("f", List.of("aten::zeros", "aten::f"), "relu", List.of("aten::relu"))),
          Map.of("relu", 2_500L));

  @Test
  void rowsSayWhatIsOpaqueAndLeaveUnknownCostsOut() {
    assertEquals(
        List.of("opaque torch.f", "result of torch.f", "Relu", "opaque torch.f"),
        ROWS.stream().map(LayerRow::op).toList());
    assertEquals(
        List.of(OptionalLong.empty(), OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(12)),
        ROWS.stream().map(LayerRow::macs).toList());
  }

  @Test
  void sizesAreOfOneSampleWhereverTheBatchLies() {
    assertEquals(
        List.of(List.of(6), List.of(5, 2), List.of(6), List.of(6)),
        ROWS.stream().map(LayerRow::outputShape).toList());
  }

  @Test
  void rowsNameTheOperatorsOfALayerAndItsTime() {
    assertEquals(
        List.of("aten::zeros + aten::f", "", "aten::relu", ""),
        ROWS.stream().map(LayerRow::expression).toList());
    assertEquals(
        List.of(Double.NaN, Double.NaN, 2.5, Double.NaN),
        ROWS.stream().map(LayerRow::serviceTimeUs).toList());
  }

  @Test
  void placesAreGatheredByFunction() {
    assertEquals(Map.of("torch.f", List.of("f", "again")), Layers.opaque(ROWS));
    assertEquals(
        List.of(
            "opaque: torch.f at f (code/net.py, line 4) and 1 more: the graph has no such operator;"
                + " it stays float32 and is not pruned through"),
        Layers.opaqueCalls(GRAPH));
  }
}
