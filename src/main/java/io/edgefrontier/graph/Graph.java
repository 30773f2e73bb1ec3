package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network: operators in an order in which they can run, one float32 input, named outputs.
 *
 * @param name the network's name, such as resnet8
 * @param sampleShape shape of one input sample, without the batch dimension
 * @param nodes in execution order
 * @param outputs names of the values that a call returns, mostly one
 */
public record Graph(String name, Shape sampleShape, List<Node> nodes, List<String> outputs) {
  /** Name of the value that a call is given. */
  public static final String INPUT = "input";

  /**
   * A batch that is hardly the size of another axis, where the two might be taken for each other.
   */
  public static final int OTHER_BATCH = 61;

  /**
   * @throws IllegalArgumentException if a name is used twice or before it is made, or an operator
   *     does not accept its inputs; the message names the node
   */
  public Graph {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    Set<String> known = types(sampleShape, nodes, 1).keySet();
    if (outputs.isEmpty() || !known.containsAll(outputs)) {
      throw new IllegalArgumentException("outputs " + outputs + " are not all values of " + name);
    }
    types(sampleShape, nodes, OTHER_BATCH); // what only fits one sample is refused
  }

  /** Returns the type of every value for a batch of {@code batch}, the input first. */
  public Map<String, TensorType> types(int batch) {
    return types(sampleShape, nodes, batch);
  }

  private static Map<String, TensorType> types(Shape sampleShape, List<Node> nodes, int batch) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    types.put(INPUT, new TensorType(DType.FLOAT32, sampleShape.batched(batch)));
    for (Node node : nodes) {
      TensorType result;
      try {
        result = node.op().infer(inputTypes(node, types));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(node.name() + ": " + e.getMessage(), e);
      }
      if (types.put(node.name(), result) != null) {
        throw new IllegalArgumentException(node.name() + ": the name is used twice");
      }
    }
    return Collections.unmodifiableMap(types);
  }

  private static List<TensorType> inputTypes(Node node, Map<String, TensorType> types) {
    List<TensorType> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      TensorType type = types.get(input);
      if (type == null) {
        throw new IllegalArgumentException("input '" + input + "' is not made before it");
      }
      inputs.add(type);
    }
    return inputs;
  }

  /** Returns the node that makes {@code value}. */
  public Node node(String value) {
    return nodes.stream()
        .filter(node -> node.name().equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no node '" + value + "'"));
  }

  /** Returns, for every value, the nodes that read it. */
  public Map<String, List<Node>> consumers() {
    Map<String, List<Node>> consumers = new LinkedHashMap<>();
    consumers.put(INPUT, new ArrayList<>());
    for (Node node : nodes) {
      consumers.put(node.name(), new ArrayList<>());
      new HashSet<>(node.inputs()).forEach(input -> consumers.get(input).add(node));
    }
    return consumers;
  }

  /** Returns this graph with other nodes and the same outputs. */
  public Graph withNodes(List<Node> newNodes) {
    return new Graph(name, sampleShape, newNodes, outputs);
  }

  /** Returns this graph with other outputs. */
  public Graph withOutputs(List<String> newOutputs) {
    return new Graph(name, sampleShape, nodes, newOutputs);
  }

  /** Returns the multiply-accumulates of one node for one sample. */
  public long macs(Node node) {
    return node.op().macs(inputTypes(node, types(1)));
  }

  /**
   * Returns the multiply-accumulates of one call on one sample, without those of opaque calls that
   * are unknown; see {@link #countsAllMacs()}.
   */
  public long macs() {
    Map<String, TensorType> types = types(1);
    return nodes.stream().mapToLong(node -> node.op().macs(inputTypes(node, types))).sum();
  }

  /** Returns the opaque calls, in order. */
  public List<Node> opaqueCalls() {
    return nodes.stream().filter(node -> node.op() instanceof Opaque.Call).toList();
  }

  /** Returns whether {@link #macs()} counts all: whether no opaque call has some unknown ones. */
  public boolean countsAllMacs() {
    return nodes.stream()
        .noneMatch(node -> node.op() instanceof Opaque.Call call && call.macsOfOne().isEmpty());
  }

  /** Returns the stored tensors, each once even when nodes share it. */
  public List<StoredTensor> stored() {
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<StoredTensor> stored = new ArrayList<>();
    for (Node node : nodes) {
      for (StoredTensor tensor : node.op().stored()) {
        if (seen.add(tensor.tensor())) {
          stored.add(tensor);
        }
      }
    }
    return stored;
  }

  /** Returns the bytes of all parameters and buffers as stored. */
  public long storedBytes() {
    return stored().stream().mapToLong(stored -> stored.tensor().type().bytes()).sum();
  }

  /** Returns the number of trained values. */
  public long parameters() {
    return stored().stream()
        .filter(StoredTensor::trained)
        .mapToLong(stored -> stored.tensor().shape().elements())
        .sum();
  }

  /**
   * Returns the largest sum of bytes of values that are alive at the same time, for a batch.
   *
   * <p>Copies within an operator are not counted, such as those into the channels-last layout
   * before a quantization and out of it in a flatten.
   */
  public long peakActivationBytes(int batch) {
    return peakActivation(batch).bytes();
  }

  /** Returns where {@link #peakActivationBytes} is reached. */
  public PeakActivation peakActivation(int batch) {
    return Liveness.peak(this, batch);
  }
}
