package io.edgefrontier.lower;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Builds the lowered copy of a graph, in which one value of the original may exist in several
 * element types. A conversion is made when it is first asked for, and only once.
 */
final class Rewriter {
  private final Graph original;
  private final Set<String> names;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Map<DType, String>> forms = new HashMap<>();

  Rewriter(Graph original) {
    this.original = original;
    this.names = new HashSet<>(original.types(1).keySet());
    made(Graph.INPUT, DType.FLOAT32, Graph.INPUT);
  }

  /** Says that {@code name} is {@code value} of the original in the type {@code dtype}. */
  private void made(String value, DType dtype, String name) {
    forms.computeIfAbsent(value, key -> new EnumMap<>(DType.class)).put(dtype, name);
  }

  /** Adds a node; its result is {@code value} of the original in the type {@code dtype}. */
  void add(Node node, String value, DType dtype) {
    nodes.add(node);
    made(value, dtype, node.name());
  }

  /** Returns whether {@code value} exists in the type {@code dtype}. */
  boolean has(String value, DType dtype) {
    return forms.get(value).containsKey(dtype);
  }

  /** Returns the name of {@code value} in the type {@code dtype}, in which it exists. */
  String name(String value, DType dtype) {
    return forms.get(value).get(dtype);
  }

  /** Adds a conversion of {@code value} from one type, in which it exists, to another. */
  String convert(String value, DType from, DType to, Op conversion) {
    String name = value + "." + to.name().toLowerCase(Locale.ROOT);
    while (!names.add(name)) {
      name += "_";
    }
    add(new Node(name, conversion, List.of(name(value, from))), value, to);
    return name;
  }

  /** Returns the lowered graph. */
  Graph finish(List<String> outputs) {
    return new Graph(original.name(), original.sampleShape(), nodes, outputs);
  }
}
