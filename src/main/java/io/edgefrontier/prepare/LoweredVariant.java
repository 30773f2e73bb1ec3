package io.edgefrontier.prepare;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.lower.Lowering;

/**
 * A variant's network in the engine's operators.
 *
 * @param lowering how they were chosen
 */
public record LoweredVariant(Lowering lowering, Graph graph) {}
