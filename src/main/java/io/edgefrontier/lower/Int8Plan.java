package io.edgefrontier.lower;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What int8 lowering makes of a network, known without calibration: the lowering itself says it,
 * run with ranges that do not matter.
 *
 * @param storedBytes of all parameters and buffers in int8
 * @param decisions for each node
 */
public record Int8Plan(long storedBytes, Map<String, Int8Decision> decisions) {
  public Int8Plan {
    decisions = Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
  }

  /**
   * Returns the plan for a float32 network, with a decision for every node of it in its order.
   *
   * @throws IllegalArgumentException as {@link PrecisionLowering#lower}, but for missing ranges
   */
  public static Int8Plan of(Graph graph) {
    Int8Plan folded = Int8Lowering.plan(PrecisionLowering.folded(graph));
    Map<String, String> takenOver = BatchNormFolder.takenOver(graph);
    Map<String, Int8Decision> decisions = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      Int8Decision decision = folded.decisions().get(node.name());
      if (takenOver.containsKey(node.name())) {
        decision = Int8Decision.with(takenOver.get(node.name()));
      } else if (decision == null) {
        decision = Int8Decision.IDENTITY; // dropout
      }
      decisions.put(node.name(), decision);
    }
    return new Int8Plan(folded.storedBytes(), decisions);
  }
}
