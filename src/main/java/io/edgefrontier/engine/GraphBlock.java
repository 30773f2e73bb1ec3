package io.edgefrontier.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A graph as a block that DJL can train: one DJL parameter for each stored tensor, shared where
 * nodes share the tensor.
 */
final class GraphBlock extends AbstractBlock {
  private final Graph graph;
  private final IdentityHashMap<Tensor, Parameter> parameterOf = new IdentityHashMap<>();

  /**
   * @throws IllegalArgumentException if an operator cannot be trained; the message names the node
   */
  GraphBlock(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      Operators.requireTrainable(node);
      for (StoredTensor stored : node.op().stored()) {
        parameterOf.computeIfAbsent(
            stored.tensor(), tensor -> addParameter(parameter(node.name(), stored)));
      }
    }
  }

  private static Parameter parameter(String node, StoredTensor stored) {
    Tensor tensor = stored.tensor();
    return Parameter.builder()
        .setName(node + "." + stored.role())
        .setType(Parameter.Type.OTHER)
        .optShape(Operators.shape(tensor.shape()))
        .optInitializer((manager, shape, dtype) -> manager.create(tensor.toFloats(), shape))
        .optRequiresGrad(stored.trained())
        .build();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    Function<Tensor, NDArray> values =
        tensor -> store.getValue(parameterOf.get(tensor), input.getDevice(), training);
    return run(graph, input, values, training);
  }

  /**
   * Runs a graph.
   *
   * @param values the engine's array for a stored tensor
   * @param training whether batch norm takes, and updates with, the statistics of the batch
   */
  static NDList run(
      Graph graph, NDArray input, Function<Tensor, NDArray> values, boolean training) {
    Map<String, NDArray> made = new HashMap<>();
    made.put(Graph.INPUT, input);
    for (Node node : graph.nodes()) {
      List<NDArray> arguments = node.inputs().stream().map(made::get).toList();
      made.put(node.name(), Operators.apply(node.op(), arguments, values, training));
    }
    return new NDList(graph.outputs().stream().map(made::get).toList());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    var types = graph.types(Math.toIntExact(inputShapes[0].get(0)));
    return graph.outputs().stream()
        .map(output -> Operators.shape(types.get(output).shape()))
        .toArray(Shape[]::new);
  }

  /** Returns {@code nodes}, which share this block's tensors, with the values that it has now. */
  List<Node> withCurrentValues(List<Node> nodes) {
    IdentityHashMap<Tensor, Tensor> current = new IdentityHashMap<>();
    parameterOf.forEach((tensor, parameter) -> current.put(tensor, read(tensor, parameter)));
    return nodes.stream().map(node -> node.with(node.op().withStored(current::get))).toList();
  }

  private static Tensor read(Tensor tensor, Parameter parameter) {
    float[] values = parameter.getArray().toFloatArray();
    return Tensor.ofFloats(tensor.shape(), values).to(tensor.dtype());
  }
}
