package io.edgefrontier.cli;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.prepare.PreparedVariant;
import io.edgefrontier.result.LayerRow;
import io.edgefrontier.variant.Variant;
import java.util.List;
import java.util.Map;

/** The layers of a variant, as rows of layers.csv. */
final class Layers {
  private Layers() {}

  /** Returns a row per node of the variant's graph; none where there is no graph. */
  static List<LayerRow> of(PreparedVariant prepared) {
    return prepared.graph().map(graph -> rows(prepared.entry().variant(), graph)).orElse(List.of());
  }

  private static List<LayerRow> rows(Variant variant, Graph graph) {
    Map<String, TensorType> types = graph.types(1);
    return graph.nodes().stream().map(node -> row(variant, graph, node, types)).toList();
  }

  private static LayerRow row(
      Variant variant, Graph graph, Node node, Map<String, TensorType> types) {
    List<StoredTensor> stored = node.op().stored();
    return new LayerRow(
        variant,
        node.name(),
        node.op().getClass().getSimpleName(),
        types.get(node.name()).shape().sample().dims(),
        stored.stream()
            .filter(StoredTensor::trained)
            .mapToLong(tensor -> tensor.tensor().shape().elements())
            .sum(),
        stored.stream().mapToLong(tensor -> tensor.tensor().type().bytes()).sum(),
        graph.macs(node));
  }
}
