package io.edgefrontier.lower;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer.Conv2d;
import io.edgefrontier.graph.Layer.Linear;
import io.edgefrontier.graph.Node;
import java.util.HashSet;
import java.util.Set;

/** The linear layers whose result reaches an output through no other convolution or linear. */
final class LastLinears {
  private LastLinears() {}

  /** Returns their names. */
  static Set<String> of(Graph graph) {
    Set<String> reaching = new HashSet<>(graph.outputs());
    Set<String> last = new HashSet<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (reaching.contains(node.name())) {
        if (node.op() instanceof Linear) {
          last.add(node.name());
        } else if (!(node.op() instanceof Conv2d)) {
          reaching.addAll(node.inputs());
        }
      }
    }
    return last;
  }
}
