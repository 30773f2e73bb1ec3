/**
 * Tells what a network consists of and what pruning and lowering could do with it.
 *
 * <p>In: a {@link io.edgefrontier.graph.Graph}. Out: an {@link io.edgefrontier.inspect.Inspection},
 * as text and as JSON. The engine is not needed.
 */
package io.edgefrontier.inspect;
