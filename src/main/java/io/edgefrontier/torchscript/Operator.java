package io.edgefrontier.torchscript;

import java.io.IOException;

/**
 * What calling an operator does to symbolic values.
 *
 * @param signature see {@link Arguments}
 */
record Operator(String signature, Body body) {

  /** The work of an operator. */
  @FunctionalInterface
  interface Body {
    /**
     * Returns the result and adds the nodes that compute it.
     *
     * @throws IllegalArgumentException if the arguments are not what a graph can hold
     * @throws IOException if a stored tensor cannot be read
     */
    Value apply(Arguments arguments, GraphBuilder graph) throws IOException;
  }
}
