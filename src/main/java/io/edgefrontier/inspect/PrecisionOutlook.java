package io.edgefrontier.inspect;

import io.edgefrontier.graph.Conversion;
import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.lower.Int8Decision.Placement;
import io.edgefrontier.lower.Int8Plan;
import io.edgefrontier.lower.PrecisionLowering;
import io.edgefrontier.variant.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a network can be lowered to a precision, as the lowering itself says.
 *
 * @param problem why it cannot; empty if it can
 * @param storedBytes of parameters and buffers then; 0 if it cannot
 * @param floatOperators operators that stay float32 and why, by reason
 */
public record PrecisionOutlook(
    Precision precision,
    Optional<String> problem,
    long storedBytes,
    Map<String, List<String>> floatOperators) {

  /** Returns the outlook for a network on every precision but int8. */
  static PrecisionOutlook of(Graph graph, Precision precision) {
    try {
      Graph lowered = PrecisionLowering.lower(graph, precision, Map.of());
      return new PrecisionOutlook(
          precision,
          Optional.empty(),
          lowered.storedBytes(),
          precision == Precision.FP32 ? Map.of() : byReason(inFloat(lowered)));
    } catch (IllegalArgumentException e) {
      return impossible(precision, e);
    }
  }

  /** Returns the outlook for int8 by its plan. */
  static PrecisionOutlook of(Int8Plan plan) {
    Map<String, String> reasons = new LinkedHashMap<>();
    plan.decisions()
        .forEach(
            (node, decision) -> {
              if (decision.placement() == Placement.FLOAT32) {
                reasons.put(node, decision.detail());
              }
            });
    return new PrecisionOutlook(
        Precision.INT8, Optional.empty(), plan.storedBytes(), byReason(reasons));
  }

  /** Returns the outlook for a precision that the lowering refuses. */
  static PrecisionOutlook impossible(Precision precision, IllegalArgumentException refusal) {
    return new PrecisionOutlook(
        precision, Optional.of(String.valueOf(refusal.getMessage())), 0, Map.of());
  }

  /** Returns the nodes of a 16-bit network that compute in float32. */
  private static Map<String, String> inFloat(Graph lowered) {
    Map<String, TensorType> types = lowered.types(1);
    Map<String, String> reasons = new LinkedHashMap<>();
    lowered.nodes().stream()
        .filter(node -> !(node.op() instanceof Conversion))
        .filter(node -> types.get(node.name()).dtype() == DType.FLOAT32)
        .forEach(
            node ->
                reasons.put(
                    node.name(),
                    node.op() instanceof Opaque
                        ? node.op().reportName() + " is kept as it is"
                        : "16 bits are too coarse for " + node.op().reportName()));
    return reasons;
  }

  private static Map<String, List<String>> byReason(Map<String, String> reasons) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    reasons.forEach(
        (node, reason) -> byReason.computeIfAbsent(reason, key -> new ArrayList<>()).add(node));
    return byReason;
  }
}
