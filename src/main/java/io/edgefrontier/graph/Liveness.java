package io.edgefrontier.graph;

import io.edgefrontier.graph.Prepacked.PrepackedConv2d;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which values are alive while each node runs, when every value is freed after its last use. */
final class Liveness {
  private Liveness() {}

  /**
   * Returns the largest sum of live bytes over the nodes, and the first node with it.
   *
   * <p>While a node runs, its inputs, its result and every value that a later node or the caller
   * still reads are alive. A view lives in its source's storage, a sum in that of what is added to.
   * The input is the caller's and lives to the end.
   *
   * <p>Copies that a kernel makes for itself are not counted: of a convolution's patches, and of
   * another layout, as when a value is put channels-last before it is quantized or a channels-last
   * one is flattened.
   */
  static PeakActivation peak(Graph graph, int batch) {
    Map<String, TensorType> types = graph.types(batch);
    Map<String, String> storage = storageOf(graph);
    Map<String, Integer> lastUse = lastUse(graph, storage);
    Set<String> live = new HashSet<>(Set.of(Graph.INPUT));
    long liveBytes = types.get(Graph.INPUT).bytes();
    PeakActivation peak = new PeakActivation(Graph.INPUT, liveBytes);
    for (int i = 0; i < graph.nodes().size(); i++) {
      String made = storage.get(graph.nodes().get(i).name());
      boolean stored = graph.nodes().get(i).op() instanceof Constant; // no activation
      if (!stored && live.add(made)) {
        liveBytes += types.get(made).bytes();
      }
      if (liveBytes > peak.bytes()) {
        peak = new PeakActivation(graph.nodes().get(i).name(), liveBytes);
      }
      int now = i;
      Set<String> dead = new HashSet<>(live);
      dead.removeIf(value -> lastUse.get(value) > now);
      for (String value : dead) {
        liveBytes -= types.get(value).bytes();
      }
      live.removeAll(dead);
    }
    return peak;
  }

  /** Returns, for each value, the value in whose storage it lives. */
  private static Map<String, String> storageOf(Graph graph) {
    Map<String, String> storage = new HashMap<>();
    storage.put(Graph.INPUT, Graph.INPUT);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof PrepackedConv2d conv && conv.sum()) {
        storage.put(node.name(), storage.get(node.inputs().get(1)));
      } else {
        storage.put(
            node.name(), node.op().isView() ? storage.get(node.inputs().get(0)) : node.name());
      }
    }
    return storage;
  }

  /** Returns, for each storage, the index of the last node that reads or makes it. */
  private static Map<String, Integer> lastUse(Graph graph, Map<String, String> storage) {
    Map<String, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      lastUse.put(storage.get(node.name()), i);
      for (String input : node.inputs()) {
        lastUse.put(storage.get(input), i);
      }
    }
    lastUse.put(Graph.INPUT, Integer.MAX_VALUE);
    graph.outputs().forEach(output -> lastUse.put(storage.get(output), Integer.MAX_VALUE));
    return lastUse;
  }
}
