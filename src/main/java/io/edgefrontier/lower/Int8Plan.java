package io.edgefrontier.lower;

import io.edgefrontier.graph.Activation.Dropout;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import java.util.Collections;
import java.util.HashMap;
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
   * @param folded {@code graph} as {@link BatchNormFolder#fold} leaves it
   * @throws IllegalArgumentException as {@link PrecisionLowering#lower}, but for missing ranges
   */
  public static Int8Plan of(Graph graph, Graph folded) {
    Int8Plan plan = Int8Lowering.plan(PrecisionLowering.folded(folded));
    Map<String, Int8Decision> decisions = new LinkedHashMap<>();
    Map<String, String> madeBy = new HashMap<>();
    for (Node node : graph.nodes()) {
      Int8Decision decision = plan.decisions().get(node.name());
      if (decision == null) { // folded or dropout: the layer before makes the value
        String source = node.inputs().get(0);
        String layer = madeBy.getOrDefault(source, source);
        madeBy.put(node.name(), layer);
        decision = node.op() instanceof Dropout ? Int8Decision.IDENTITY : Int8Decision.with(layer);
      }
      decisions.put(node.name(), decision);
    }
    return new Int8Plan(plan.storedBytes(), decisions);
  }
}
