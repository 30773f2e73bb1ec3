/**
 * What is benchmarked: variants of a model over pruning level x precision, and the manifest that
 * names their archives.
 */
package io.edgefrontier.variant;
