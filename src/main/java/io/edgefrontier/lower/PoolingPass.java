package io.edgefrontier.lower;

import io.edgefrontier.graph.Arithmetic.Maximum;
import io.edgefrontier.graph.Conversion.Dequantize;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling.AvgPool2d;
import io.edgefrontier.graph.Pooling.MaxPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Reshaping.Slice;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the operators that pool channels-last images fastest.
 *
 * <p>Means over whole images become average pooling, {@code mean(x, [2, 3]) ->
 * flatten(avgPool(x))}, which reads such images several times as fast. A mean of quantized values
 * that is dequantized afterwards is taken of the dequantized ones: faster, and not rounded to 8
 * bits. The maximum of 2x2 pixels becomes that of every second column and then row, as the engine's
 * own operator also finds out where the maximum was.
 */
final class PoolingPass {
  private static final Window PAIRS = Window.square(2, 2, 0);

  private final Graph graph;
  private final Map<String, TensorType> types;
  private final Map<String, List<Node>> consumers;
  private final Set<String> names;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> renamed = new HashMap<>();

  private PoolingPass(Graph graph) {
    this.graph = graph;
    this.types = graph.types(1);
    this.consumers = graph.consumers();
    this.names = new HashSet<>(types.keySet());
  }

  static Graph apply(Graph graph) {
    return new PoolingPass(graph).apply();
  }

  private Graph apply() {
    for (Node node : graph.nodes()) {
      if (!renamed.containsKey(node.name())) {
        add(node, DropoutRemover.renamed(node.inputs(), renamed));
      }
    }
    List<String> outputs = DropoutRemover.renamed(graph.outputs(), renamed);
    return new Graph(graph.name(), graph.sampleShape(), nodes, outputs);
  }

  private void add(Node node, List<String> inputs) {
    if (node.op() instanceof Mean mean && isOfImages(mean, node.inputs().get(0))) {
      addMean(node, mean, inputs);
    } else if (node.op() instanceof MaxPool2d max
        && max.window().equals(PAIRS)
        && types.get(node.inputs().get(0)).dtype().isFloat()) {
      addMaximum(node, inputs.get(0));
    } else {
      nodes.add(new Node(node.name(), node.op(), inputs));
    }
  }

  private boolean isOfImages(Mean mean, String input) {
    return types.get(input).shape().rank() == 4 && Set.copyOf(mean.axes()).equals(Set.of(2, 3));
  }

  private void addMean(Node node, Mean mean, List<String> inputs) {
    if (types.get(node.inputs().get(0)).dtype() != DType.QUINT8) {
      addPooling(node, mean, inputs.get(0));
    } else if (isOnlyDequantized(node)) {
      String whole = add(node.inputs().get(0) + ".float32", new Dequantize(), inputs);
      addPooling(node, mean, whole);
      renamed.put(consumers.get(node.name()).get(0).name(), node.name());
    } else {
      nodes.add(new Node(node.name(), node.op(), inputs));
    }
  }

  private boolean isOnlyDequantized(Node node) {
    List<Node> readers = consumers.get(node.name());
    return readers.size() == 1
        && readers.get(0).op() instanceof Dequantize
        && !graph.outputs().contains(node.name());
  }

  private void addPooling(Node node, Mean mean, String input) {
    TensorType type = types.get(node.inputs().get(0));
    Size2d whole = new Size2d(type.shape().dim(2), type.shape().dim(3));
    Op pool = new AvgPool2d(new Window(whole, whole, Size2d.of(0), Size2d.of(1)), false, true);
    if (mean.keepDims()) {
      nodes.add(new Node(node.name(), pool, List.of(input)));
    } else {
      String pooled = add(node.name() + ".pool", pool, List.of(input));
      nodes.add(new Node(node.name(), new Flatten(1, -1), List.of(pooled)));
    }
  }

  private void addMaximum(Node node, String input) {
    TensorType out = types.get(node.name());
    List<String> columns = halves(node, "column", input, 3, out.shape().dim(3));
    String wide = add(node.name() + ".columns", new Maximum(), columns);
    List<String> rows = halves(node, "row", wide, 2, out.shape().dim(2));
    nodes.add(new Node(node.name(), new Maximum(), rows));
  }

  /** Adds the first and the second of each two positions along an axis. */
  private List<String> halves(Node node, String what, String input, int axis, int size) {
    return List.of(
        add(node.name() + ".even_" + what + "s", new Slice(axis, 0, 2 * size, 2), List.of(input)),
        add(node.name() + ".odd_" + what + "s", new Slice(axis, 1, 2 * size, 2), List.of(input)));
  }

  private String add(String wanted, Op op, List<String> inputs) {
    String name = wanted;
    while (!names.add(name)) {
      name += "_";
    }
    nodes.add(new Node(name, op, inputs));
    return name;
  }
}
