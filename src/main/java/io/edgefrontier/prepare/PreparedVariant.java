package io.edgefrontier.prepare;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.variant.ManifestEntry;
import java.util.Optional;

/**
 * One variant after preparation.
 *
 * @param graph what its archive computes; empty where it could not be made
 */
public record PreparedVariant(ManifestEntry entry, Optional<Graph> graph) {}
