package io.edgefrontier.cli;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.prepare.PreparedVariant;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The layers of a variant, as rows of layers.csv. */
final class Layers {
  private Layers() {}

  /** Returns a row per node of the variant's graph; none where there is no graph. */
  static List<LayerRow> of(PreparedVariant prepared) {
    return prepared.graph().map(graph -> rows(prepared.entry().variant(), graph)).orElse(List.of());
  }

  private static List<LayerRow> rows(Variant variant, Graph graph) {
    Map<String, TensorType> ones = graph.types(1);
    Map<String, TensorType> others = graph.types(Graph.OTHER_BATCH);
    return graph.nodes().stream()
        .map(
            node -> {
              Shape one = ones.get(node.name()).shape();
              Shape other = others.get(node.name()).shape();
              return row(variant, graph, node, sampleSizes(one, other));
            })
        .toList();
  }

  /**
   * Returns the sizes of one sample: without the axis of the batch, unless it is a factor of it.
   */
  private static List<Integer> sampleSizes(Shape one, Shape other) {
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 0; axis < one.rank(); axis++) {
      if (one.dim(axis) != 1 || other.dim(axis) == 1) {
        sizes.add(one.dim(axis));
      }
    }
    return sizes;
  }

  /** Returns the opaque functions that a run's layers call, with the layers that call them. */
  static Map<String, List<String>> opaque(List<LayerRow> rows) {
    Map<String, List<String>> opaque = new LinkedHashMap<>();
    for (LayerRow row : rows) {
      if (row.op().startsWith(LayerRow.OPAQUE) && row.variant().equals(rows.get(0).variant())) {
        opaque
            .computeIfAbsent(
                row.op().substring(LayerRow.OPAQUE.length()), function -> new ArrayList<>())
            .add(row.layer());
      }
    }
    return opaque;
  }

  /** Returns a sentence about each opaque call of a network: what it is, where, and why. */
  static List<String> opaqueCalls(Graph graph) {
    return graph.opaqueCalls().stream()
        .map(
            node -> {
              Opaque.Call call = (Opaque.Call) node.op();
              return "opaque: %s at %s (%s): %s; it stays float32 and is not pruned through"
                  .formatted(
                      call.function(), node.name(), call.origin().place(), call.origin().reason());
            })
        .toList();
  }

  private static String kind(Op op) {
    if (op instanceof Opaque.Call call) {
      return LayerRow.OPAQUE + call.function();
    } else if (op instanceof Opaque.Result result) {
      return "result of " + result.function();
    }
    return op.getClass().getSimpleName();
  }

  private static OptionalLong macs(Graph graph, Node node) {
    return node.op() instanceof Opaque.Call call && call.macsOfOne().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(graph.macs(node));
  }

  private static LayerRow row(Variant variant, Graph graph, Node node, List<Integer> sizes) {
    List<StoredTensor> stored = node.op().stored();
    return new LayerRow(
        variant,
        node.name(),
        kind(node.op()),
        sizes,
        stored.stream()
            .filter(StoredTensor::trained)
            .mapToLong(tensor -> tensor.tensor().shape().elements())
            .sum(),
        stored.stream().mapToLong(tensor -> tensor.tensor().type().bytes()).sum(),
        macs(graph, node));
  }
}
