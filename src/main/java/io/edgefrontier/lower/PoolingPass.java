package io.edgefrontier.lower;

import io.edgefrontier.graph.Arithmetic.Maximum;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Pooling.AvgPool2d;
import io.edgefrontier.graph.Pooling.MaxPool2d;
import io.edgefrontier.graph.Pooling.Mean;
import io.edgefrontier.graph.Reshaping.Flatten;
import io.edgefrontier.graph.Reshaping.Slice;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
  private final Set<String> names;
  private final List<Node> nodes = new ArrayList<>();

  private PoolingPass(Graph graph) {
    this.graph = graph;
    this.types = graph.types(1);
    this.names = new HashSet<>(types.keySet());
  }

  static Graph apply(Graph graph) {
    return new PoolingPass(graph).apply();
  }

  private Graph apply() {
    graph.nodes().forEach(this::add);
    return graph.withNodes(nodes);
  }

  private void add(Node node) {
    List<String> inputs = node.inputs();
    String input = node.inputs().isEmpty() ? "" : node.inputs().get(0);
    if (node.op() instanceof Mean mean && isOfImages(mean, input)) {
      addPooling(node, mean, inputs.get(0));
    } else if (node.op() instanceof MaxPool2d max
        && max.window().equals(PAIRS)
        && types.get(input).dtype().isFloat()) {
      addMaximum(node, inputs.get(0));
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
