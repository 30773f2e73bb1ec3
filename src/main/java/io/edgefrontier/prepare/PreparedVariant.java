package io.edgefrontier.prepare;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.variant.ManifestEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One variant after preparation.
 *
 * @param graph what its archive computes; empty where it could not be made
 * @param operators the engine's operators that its archive calls for each node of the graph, in
 *     execution order; empty where the archive was not made of the graph
 */
public record PreparedVariant(
    ManifestEntry entry, Optional<Graph> graph, Map<String, List<String>> operators) {

  /** A variant whose archive was not made here, or could not be made. */
  public PreparedVariant(ManifestEntry entry, Optional<Graph> graph) {
    this(entry, graph, Map.of());
  }
}
