package io.edgefrontier.lower;

import io.edgefrontier.graph.Conversion.Cast;
import io.edgefrontier.graph.Conversion.ChannelsLast;
import io.edgefrontier.graph.Conversion.Contiguous;
import io.edgefrontier.graph.Conversion.Quantize;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Prepacked.PrepackedConv2d;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts images channels-last where they enter a network, the order in which packed and quantized
 * convolutions read and write them, and takes the pooling that suits it.
 */
final class LayoutPass {
  private final Graph graph;
  private final Map<String, TensorType> types;
  private final Map<String, List<Node>> consumers;
  private final Set<String> names;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> channelsLast = new HashMap<>();
  private final Map<String, String> contiguous = new HashMap<>();

  private LayoutPass(Graph graph) {
    this.graph = graph;
    this.types = graph.types(1);
    this.consumers = graph.consumers();
    this.names = new HashSet<>(types.keySet());
  }

  /** Returns {@code graph} with layouts; unchanged if no layer in it asks for one. */
  static Graph apply(Graph graph) {
    return graph.nodes().stream().anyMatch(node -> asksForLayout(node.op()))
        ? PoolingPass.apply(new LayoutPass(graph).apply())
        : graph;
  }

  private static boolean asksForLayout(Op op) {
    return op instanceof PrepackedConv2d || op instanceof QuantizedConv2d;
  }

  /** One plain layer among packed ones would otherwise turn the layout back. */
  private static boolean isConvolution(Op op) {
    return asksForLayout(op) || op instanceof Conv2d;
  }

  /** Casts keep the layout, and moving 32 bits before a cast is faster than 16 after it. */
  private boolean wantsChannelsLast(Node node) {
    return isConvolution(node.op())
        || (node.op() instanceof Cast
            && consumers.get(node.name()).stream().anyMatch(this::wantsChannelsLast));
  }

  private Graph apply() {
    for (Node node : graph.nodes()) {
      List<String> inputs = node.inputs();
      if (wantsChannelsLast(node) && isAtEdge(node.inputs().get(0))) {
        List<String> laidOut = new ArrayList<>(inputs);
        laidOut.set(0, converted(inputs.get(0), new ChannelsLast(), channelsLast));
        inputs = laidOut;
      } else if (node.op() instanceof Opaque.Call) {
        // Its code comes from elsewhere and may view its input in the order of the axes.
        inputs =
            inputs.stream()
                .map(
                    input ->
                        isImage(input) ? converted(input, new Contiguous(), contiguous) : input)
                .toList();
      }
      nodes.add(new Node(node.name(), node.op(), inputs));
    }
    return graph.withNodes(nodes);
  }

  /** Returns whether a value is in the order in which it came in; layers write channels-last. */
  private boolean isAtEdge(String value) {
    if (value.equals(Graph.INPUT)) {
      return true;
    }
    Node node = graph.node(value);
    return node.op() instanceof Quantize && isAtEdge(node.inputs().get(0));
  }

  private boolean isImage(String value) {
    TensorType type = types.get(value);
    return type != null && type.shape().rank() == 4 && type.dtype().isFloat();
  }

  private String converted(String value, Op conversion, Map<String, String> known) {
    return known.computeIfAbsent(
        value,
        key -> {
          String name = unique(value + (known == contiguous ? ".contiguous" : ".channels_last"));
          nodes.add(new Node(name, conversion, List.of(value)));
          return name;
        });
  }

  private String unique(String wanted) {
    String name = wanted;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }
}
