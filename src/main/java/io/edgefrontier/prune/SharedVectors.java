package io.edgefrontier.prune;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Tensor;
import java.util.IdentityHashMap;

/**
 * Takes apart vectors that layers share. Freezing a network pools equal constants, so that all
 * layers without a bias of their own may store the same zeros; that does not mean that their
 * channels belong together. Shared weights stay shared.
 */
final class SharedVectors {
  private final Graph graph;
  private final IdentityHashMap<Tensor, Tensor> originals = new IdentityHashMap<>();

  /** Gives each layer of {@code shared} vectors of its own, equal to those that it has. */
  SharedVectors(Graph shared) {
    this.graph =
        shared.withNodes(shared.nodes().stream().map(node -> node.with(unshared(node))).toList());
  }

  /** Returns the network with no vector in two layers. */
  Graph unshared() {
    return graph;
  }

  /** Returns the tensor that {@code tensor} of {@link #unshared} is in the network as given. */
  Tensor original(Tensor tensor) {
    return originals.getOrDefault(tensor, tensor);
  }

  private Op unshared(Node node) {
    return node.op() instanceof Layer layer
        ? layer.withStored(tensor -> tensor.shape().rank() == 1 ? own(tensor) : tensor)
        : node.op();
  }

  private Tensor own(Tensor vector) {
    byte[] bytes = new byte[vector.buffer().remaining()];
    vector.buffer().get(bytes);
    Tensor copy = Tensor.ofBytes(vector.dtype(), vector.shape(), bytes);
    originals.put(copy, vector);
    return copy;
  }
}
