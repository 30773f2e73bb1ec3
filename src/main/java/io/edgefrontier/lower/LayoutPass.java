package io.edgefrontier.lower;

import io.edgefrontier.graph.Conversion.ChannelsLast;
import io.edgefrontier.graph.Conversion.Contiguous;
import io.edgefrontier.graph.Conversion.Quantize;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Pooling.AvgPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Prepacked.PrepackedConv2d;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts images channels-last where they enter a network, the order in which packed and quantized
 * convolutions read and write them, and takes the operators that suit it best.
 *
 * <p>Means over whole images become average pooling, {@code mean(x, [2, 3]) ->
 * flatten(avgPool(x))}, which reads such images several times as fast.
 */
final class LayoutPass {
  private final Graph graph;
  private final Map<String, TensorType> types;
  private final Set<String> names;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> channelsLast = new HashMap<>();
  private final Map<String, String> contiguous = new HashMap<>();

  private LayoutPass(Graph graph) {
    this.graph = graph;
    this.types = graph.types(1);
    this.names = new HashSet<>(types.keySet());
  }

  /** Returns {@code graph} with layouts; unchanged if no layer in it asks for one. */
  static Graph apply(Graph graph) {
    return graph.nodes().stream().anyMatch(node -> wantsChannelsLast(node.op()))
        ? new LayoutPass(graph).apply()
        : graph;
  }

  private static boolean wantsChannelsLast(Op op) {
    return op instanceof PrepackedConv2d || op instanceof QuantizedConv2d;
  }

  private Graph apply() {
    for (Node node : graph.nodes()) {
      List<String> inputs = node.inputs();
      if (wantsChannelsLast(node.op()) && isAtEdge(node.inputs().get(0))) {
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
      add(node, inputs);
    }
    return graph.withNodes(nodes);
  }

  private void add(Node node, List<String> inputs) {
    String input = node.inputs().isEmpty() ? "" : node.inputs().get(0);
    if (node.op() instanceof Mean mean && isOfImages(mean, input)) {
      addPooling(node, mean, inputs.get(0));
    } else {
      nodes.add(new Node(node.name(), node.op(), inputs));
    }
  }

  private boolean isOfImages(Mean mean, String input) {
    Shape shape = types.get(input).shape();
    return shape.rank() == 4
        && types.get(input).dtype().isFloat()
        && mean.axes().stream().map(shape::axis).collect(Collectors.toSet()).equals(Set.of(2, 3));
  }

  private void addPooling(Node node, Mean mean, String input) {
    TensorType type = types.get(node.inputs().get(0));
    Size2d whole = new Size2d(type.shape().dim(2), type.shape().dim(3));
    Op pool = new AvgPool2d(new Window(whole, whole, Size2d.of(0), Size2d.of(1)), false, true);
    String pooled = mean.keepDims() ? node.name() : unique(node.name() + ".pool");
    nodes.add(new Node(pooled, pool, List.of(input)));
    if (!mean.keepDims()) {
      nodes.add(new Node(node.name(), new Flatten(1, -1), List.of(pooled)));
    }
  }

  /** Returns whether a value is in the order in which it came in; layers write channels-last. */
  private boolean isAtEdge(String value) {
    if (value.equals(Graph.INPUT)) {
      return true;
    }
    Node node = graph.node(value);
    return isCast(node.op()) && isAtEdge(node.inputs().get(0));
  }

  private static boolean isCast(Op op) {
    return op instanceof Quantize || op instanceof io.edgefrontier.graph.Conversion.Cast;
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
