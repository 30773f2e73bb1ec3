package io.edgefrontier.graph;

/**
 * The most memory that live values take at one time.
 *
 * @param node the first node during which they take so much; {@link Graph#INPUT} if no node needs
 *     more than the input alone
 * @param bytes their sum
 */
public record PeakActivation(String node, long bytes) {}
