package io.edgefrontier.graph;

import java.util.List;

/**
 * One operator application; its result is the value {@code name}.
 *
 * @param name unique in the graph; for a layer read from an archive its module path, such as {@code
 *     layer1.conv1}
 * @param inputs names of the values it takes, in the operator's order
 */
public record Node(String name, Op op, List<String> inputs) {
  public Node {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a node needs a name");
    }
    inputs = List.copyOf(inputs);
  }

  /** Returns this node with another operator. */
  public Node with(Op newOp) {
    return new Node(name, newOp, inputs);
  }
}
