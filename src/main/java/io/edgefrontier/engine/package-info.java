/**
 * The only importer of {@code ai.djl}: loads and runs TorchScript archives, trains graphs, tells
 * the engine's facts.
 */
package io.edgefrontier.engine;
