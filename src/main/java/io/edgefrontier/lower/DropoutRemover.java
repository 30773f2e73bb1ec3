package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation.Dropout;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Removes dropout, the identity in evaluation mode: {@code f(dropout(x)) -> f(x)}. */
final class DropoutRemover {
  private DropoutRemover() {}

  static Graph remove(Graph graph) {
    Map<String, String> renamed = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<String> inputs = renamed(node.inputs(), renamed);
      if (node.op() instanceof Dropout) {
        renamed.put(node.name(), inputs.get(0));
      } else {
        nodes.add(new Node(node.name(), node.op(), inputs));
      }
    }
    List<String> outputs = renamed(graph.outputs(), renamed);
    return new Graph(graph.name(), graph.sampleShape(), nodes, outputs);
  }

  /** Returns {@code values} with those that were renamed under their new names. */
  static List<String> renamed(List<String> values, Map<String, String> renamed) {
    return values.stream().map(value -> renamed.getOrDefault(value, value)).toList();
  }
}
