/**
 * TorchScript archives to and from graphs, in pure Java.
 *
 * <p>Writing: a {@link io.edgefrontier.graph.Graph} is printed as one flat class, its tensors are
 * pickled, all is zipped. Reading: zip, pickle and code are parsed within bounds, then the code is
 * run on symbolic tensors, which leaves the graph. Nothing that an archive says is executed or
 * instantiated.
 */
package io.edgefrontier.torchscript;
