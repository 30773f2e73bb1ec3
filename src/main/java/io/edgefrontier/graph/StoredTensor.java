package io.edgefrontier.graph;

/**
 * A tensor that an operator keeps between calls.
 *
 * @param role what it is to its operator, in PyTorch's words: weight, bias, running_mean, scales
 * @param trained whether it counts as a parameter (else it is a buffer)
 */
public record StoredTensor(String role, Tensor tensor, boolean trained) {}
