package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Normalization;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Layers other than convolutions: operators with trained weights. */
final class LayerOperators {
  private LayerOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put("torch.linear", new Operator("input weight bias?", LayerOperators::linear));
    table.put("torch.addmm", new Operator("bias input weight beta? alpha?", LayerOperators::addmm));
    table.put(
        "torch.batch_norm",
        new Operator(
            "input weight bias mean variance training momentum eps cudnn",
            LayerOperators::batchNorm));
    table.put(
        "torch.instance_norm",
        new Operator(
            "input weight bias mean variance use_input_stats momentum eps cudnn",
            LayerOperators::instanceNorm));
    table.put(
        "torch.layer_norm",
        new Operator("input shape weight? bias? eps? cudnn?", LayerOperators::layerNorm));
    table.put(
        "torch.group_norm",
        new Operator("input groups weight? bias? eps? cudnn?", LayerOperators::groupNorm));
    table.put("torch.prelu", new Operator("input weight", LayerOperators::prelu));
    table.put(
        "torch.embedding",
        new Operator(
            "weight indices padding_idx? scale_grad_by_freq? sparse?", LayerOperators::embedding));
    table.put("torch.index", new Operator("weight indices", LayerOperators::rows));
  }

  private static Value linear(Arguments a, GraphBuilder graph) throws IOException {
    Op op =
        new Layer.Linear(graph.tensor(a.value("weight")), graph.optionalTensor(a.value("bias")));
    return graph.add(GraphBuilder.layerName(a.value("weight"), "linear"), op, a.tensor("input"));
  }

  /** {@code bias + input @ weight}, as PyTorch traced linear layers before it had linear. */
  private static Value addmm(Arguments a, GraphBuilder graph) throws IOException {
    if (a.real("beta", 1) != 1 || a.real("alpha", 1) != 1) {
      throw new IllegalArgumentException("only beta and alpha of 1 are supported");
    }
    Value weight = StoredTensors.exchanged(a.value("weight"));
    Op op = new Layer.Linear(graph.tensor(weight), graph.optionalTensor(a.value("bias")));
    return graph.add(GraphBuilder.layerName(weight, "linear"), op, a.tensor("input"));
  }

  private static Value batchNorm(Arguments a, GraphBuilder graph) throws IOException {
    if (a.flag("training", false)) {
      throw new RefusedException(
          "it is in training mode; call eval() on the module before the export");
    }
    return storedStatistics(a, graph);
  }

  private static Value storedStatistics(Arguments a, GraphBuilder graph) throws IOException {
    Op op =
        new Layer.BatchNorm(
            orFilled(a, "weight", 1, graph),
            orFilled(a, "bias", 0, graph),
            graph.tensor(a.value("mean")),
            graph.tensor(a.value("variance")),
            a.real("eps"));
    Value named = a.isNone("weight") ? a.value("mean") : a.value("weight");
    return graph.add(GraphBuilder.layerName(named, "batch_norm"), op, a.tensor("input"));
  }

  /** Returns the tensor {@code name}, or if there is none one like the mean. */
  private static Tensor orFilled(Arguments a, String name, float ifAbsent, GraphBuilder graph)
      throws IOException {
    return a.isNone(name) ? graph.filled(a.value("mean"), ifAbsent) : graph.tensor(a.value(name));
  }

  /** A group norm with a group for each channel, or a batch norm if it uses stored statistics. */
  private static Value instanceNorm(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    if (!a.flag("use_input_stats", true)) {
      return storedStatistics(a, graph);
    } else if (input.shape().rank() < 3) {
      throw a.wrong("input", "a batch of images or sequences");
    }
    return addGroupNorm(a, graph, input.shape().dim(1), "instance_norm");
  }

  private static Value groupNorm(Arguments a, GraphBuilder graph) throws IOException {
    return addGroupNorm(a, graph, a.integer("groups"), "group_norm");
  }

  private static Value addGroupNorm(Arguments a, GraphBuilder graph, int groups, String name)
      throws IOException {
    Symbol input = a.tensor("input");
    if (input.type().isBatched(1)) {
      throw a.wrong("input", "channels, not the batch, on axis 1");
    }
    Op op =
        new Normalization.GroupNorm(
            groups,
            graph.optionalTensor(a.value("weight")),
            graph.optionalTensor(a.value("bias")),
            a.real("eps", 1e-5));
    return graph.add(GraphBuilder.layerName(a.value("weight"), name), op, input);
  }

  private static Value layerNorm(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    List<Integer> shape = a.integers("shape");
    for (int axis = input.shape().rank() - shape.size(); axis < input.shape().rank(); axis++) {
      if (input.type().isBatched(axis)) {
        throw a.wrong("shape", "axes without the batch");
      }
    }
    Op op =
        new Normalization.LayerNorm(
            new Shape(shape),
            graph.optionalTensor(a.value("weight")),
            graph.optionalTensor(a.value("bias")),
            a.real("eps", 1e-5));
    return graph.add(GraphBuilder.layerName(a.value("weight"), "layer_norm"), op, input);
  }

  private static Value prelu(Arguments a, GraphBuilder graph) throws IOException {
    Op op = new Layer.Prelu(graph.tensor(a.value("weight")));
    return graph.add(GraphBuilder.layerName(a.value("weight"), "prelu"), op, a.tensor("input"));
  }

  private static Value embedding(Arguments a, GraphBuilder graph) throws IOException {
    Op op = new Layer.Embedding(graph.tensor(a.value("weight")));
    String name = GraphBuilder.layerName(a.value("weight"), "embedding");
    return graph.add(name, op, a.tensor("indices"));
  }

  /** Rows of a stored table, such as biases by relative position, at stored or computed indices. */
  private static Value rows(Arguments a, GraphBuilder graph) throws IOException {
    List<Symbol> indices = a.tensors("indices");
    if (a.value("weight") instanceof Symbol || indices.size() != 1) {
      throw a.wrong("weight", "a stored table, with one tensor of indices");
    }
    Op op = new Layer.Embedding(graph.tensor(a.value("weight")));
    return graph.add(GraphBuilder.layerName(a.value("weight"), "rows"), op, indices.get(0));
  }
}
