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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The layers of a variant, as rows of layers.csv. */
final class Layers {
  private Layers() {}

  /**
   * Returns a row per node of the variant's graph; none where there is no graph.
   *
   * @param times nanoseconds of each node that was profiled
   */
  static List<LayerRow> of(PreparedVariant prepared, Map<String, Long> times) {
    return prepared.graph().map(graph -> rows(prepared, graph, times)).orElse(List.of());
  }

  private static List<LayerRow> rows(
      PreparedVariant prepared, Graph graph, Map<String, Long> times) {
    Map<String, TensorType> ones = graph.types(1);
    Map<String, TensorType> others = graph.types(Graph.OTHER_BATCH);
    return graph.nodes().stream()
        .map(
            node -> {
              Shape one = ones.get(node.name()).shape();
              Shape other = others.get(node.name()).shape();
              return row(prepared, graph, node, sampleSizes(one, other), times);
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

  /** Returns a line about each function that a network calls opaquely: where first, and why. */
  static List<String> opaqueCalls(Graph graph) {
    Map<String, List<Node>> byFunction = new LinkedHashMap<>();
    for (Node node : graph.opaqueCalls()) {
      String function = ((Opaque.Call) node.op()).function();
      byFunction.computeIfAbsent(function, key -> new ArrayList<>()).add(node);
    }
    List<String> lines = new ArrayList<>();
    byFunction.forEach(
        (function, nodes) -> {
          Opaque.Origin first = ((Opaque.Call) nodes.get(0).op()).origin();
          String more = nodes.size() == 1 ? "" : " and %d more".formatted(nodes.size() - 1);
          lines.add(
              "opaque: %s at %s (%s)%s: %s; it stays float32 and is not pruned through"
                  .formatted(function, nodes.get(0).name(), first.place(), more, first.reason()));
        });
    return lines;
  }

  private static String kind(Op op) {
    if (op instanceof Opaque.Call call) {
      return LayerRow.OPAQUE + call.function();
    } else if (op instanceof Opaque.Result result) {
      return "result of " + result.function();
    }
    return op.reportName();
  }

  private static OptionalLong macs(Graph graph, Node node) {
    return node.op() instanceof Opaque.Call call && call.macsOfOne().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(graph.macs(node));
  }

  private static LayerRow row(
      PreparedVariant prepared,
      Graph graph,
      Node node,
      List<Integer> sizes,
      Map<String, Long> times) {
    List<StoredTensor> stored = node.op().stored();
    return new LayerRow(
        prepared.entry().variant(),
        node.name(),
        kind(node.op()),
        sizes,
        stored.stream()
            .filter(StoredTensor::trained)
            .mapToLong(tensor -> tensor.tensor().shape().elements())
            .sum(),
        stored.stream().mapToLong(tensor -> tensor.tensor().type().bytes()).sum(),
        macs(graph, node),
        String.join(LayerRow.AND, prepared.operators().getOrDefault(node.name(), List.of())),
        times.containsKey(node.name()) ? times.get(node.name()) / 1000.0 : Double.NaN);
  }
}
