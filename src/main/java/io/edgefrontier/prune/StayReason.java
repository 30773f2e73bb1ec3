package io.edgefrontier.prune;

import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Arithmetic.MatMul;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Reshaping.Concat;

/** Why channels cannot be removed, in words for a user who knows the network. */
final class StayReason {
  private StayReason() {}

  /** Says why channels stay that {@code node} takes, or that it ties to others. */
  static String at(Node node) {
    if (node.inputs().contains(Graph.INPUT)) {
      return "tied to the network input at " + node.name();
    }
    Op op = node.op();
    boolean meets =
        op instanceof Conv2d
            || op instanceof Concat
            || (op instanceof Arithmetic && !(op instanceof MatMul));
    return "%s %s (%s)"
        .formatted(
            meets ? "meets channels that stay at" : "not followed through",
            node.name(),
            op.reportName());
  }

  /** Says that channels reach an output, whose shape is the user's. */
  static String output(String name) {
    return "network output " + name;
  }
}
