package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.StoredTensor;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The flat TorchScript class that stands for a whole graph: its code and its pickled state. */
final class NetClass {
  /** Module and name of the class, as a pickle names them. */
  static final String MODULE = "__torch__";

  static final String NAME = "Net";
  static final String QUALIFIED = MODULE + "." + NAME;
  private static final String KEPT =
      "the weights were packed for this machine when the archive was loaded; copy its file instead of"
          + " saving the module";

  private final Graph graph;
  private final List<StoredTensor> stored;
  // Attributes that hold a tensor as it is, and those that hold packed weights, by node.
  private final IdentityHashMap<Tensor, String> attributes = new IdentityHashMap<>();
  private final List<StoredTensor> plain = new ArrayList<>();
  private final Map<String, String> packed = new LinkedHashMap<>();

  NetClass(Graph graph) {
    this.graph = graph;
    this.stored = graph.stored();
    Set<Tensor> inPacked = Collections.newSetFromMap(new IdentityHashMap<>());
    Identifiers identifiers = new Identifiers();
    for (Node node : graph.nodes()) {
      inPacked.clear();
      if (PackedWeights.has(node.op())) {
        packed.put(node.name(), identifiers.unique(node.name() + "_packed"));
        new PackedWeights(node.op()).tensors().forEach(tensor -> inPacked.add(tensor.tensor()));
      }
      for (StoredTensor tensor : node.op().stored()) {
        if (!inPacked.contains(tensor.tensor()) && !attributes.containsKey(tensor.tensor())) {
          attributes.put(tensor.tensor(), identifiers.unique(node.name() + "_" + tensor.role()));
          plain.add(tensor);
        }
      }
    }
  }

  /** Returns the tensors in the order of their storages' keys: 0, 1, ... */
  List<Tensor> tensors() {
    return stored.stream().map(StoredTensor::tensor).toList();
  }

  /** Returns the pickle of the only instance. */
  byte[] pickle() {
    IdentityHashMap<Tensor, String> keys = new IdentityHashMap<>();
    stored.forEach(tensor -> keys.put(tensor.tensor(), String.valueOf(keys.size())));
    Pickler pickler = new Pickler();
    pickler.global(MODULE, NAME);
    pickler.emptyTuple();
    pickler.newObject();
    if (packed.isEmpty()) {
      pickler.emptyDict();
      pickler.mark();
      for (StoredTensor tensor : plain) {
        pickler.text(attributes.get(tensor.tensor()));
        pickler.tensor(tensor.tensor(), keys.get(tensor.tensor()));
      }
      pickler.text("training");
      pickler.bool(false);
      pickler.setItems();
    } else {
      pickler.mark();
      stored.forEach(tensor -> pickler.tensor(tensor.tensor(), keys.get(tensor.tensor())));
      pickler.bool(false);
      pickler.tuple();
    }
    pickler.build();
    return pickler.finish();
  }

  /** Returns the text of the class. */
  String code() {
    StringBuilder code = new StringBuilder("class " + NAME + "(Module):\n");
    code.append("  __parameters__ = [").append(quoted(true)).append("]\n");
    code.append("  __buffers__ = [").append(quoted(false)).append("]\n");
    for (StoredTensor tensor : plain) {
      code.append("  %s : Tensor\n".formatted(attributes.get(tensor.tensor())));
    }
    packed.forEach(
        (node, attribute) -> code.append("  %s : %s\n".formatted(attribute, weights(node).type())));
    code.append("  training : bool\n").append(forward());
    if (!packed.isEmpty()) {
      code.append(getState()).append(setState());
    }
    return code.toString();
  }

  private String quoted(boolean trained) {
    return plain.stream()
        .filter(tensor -> tensor.trained() == trained)
        .map(tensor -> "\"" + attributes.get(tensor.tensor()) + "\", ")
        .collect(Collectors.joining());
  }

  private PackedWeights weights(String node) {
    return new PackedWeights(graph.node(node).op());
  }

  /** Returns the engine's operators that the expression of each node calls, in execution order. */
  Map<String, List<String>> operators() {
    Map<String, List<String>> operators = new LinkedHashMap<>();
    forward((node, expression) -> operators.put(node, PrintedCalls.operators(expression)));
    return operators;
  }

  /** Returns the nodes whose expressions are, letter by letter, those of earlier nodes. */
  Set<String> repeats() {
    Set<String> expressions = new HashSet<>();
    Set<String> repeats = new HashSet<>();
    forward(
        (node, expression) -> {
          if (!expressions.add(expression)) {
            repeats.add(node);
          }
        });
    return repeats;
  }

  private String forward() {
    return forward((node, expression) -> {});
  }

  /**
   * Prints the method that computes the network.
   *
   * @param listener told of each node and its expression
   */
  private String forward(BiConsumer<String, String> listener) {
    Identifiers identifiers = new Identifiers();
    Map<String, String> locals = new LinkedHashMap<>();
    locals.put(Graph.INPUT, identifiers.unique(Graph.INPUT));
    Map<String, TensorType> types = graph.types(1);
    Map<String, List<String>> unpacked = new HashMap<>();
    StringBuilder body = new StringBuilder();
    for (Node node : graph.nodes()) {
      List<String> inputs = node.inputs().stream().map(locals::get).toList();
      OpText text =
          new OpText(
              inputs,
              types.get(node.inputs().isEmpty() ? Graph.INPUT : node.inputs().get(0)),
              tensor -> "self." + attributes.get(tensor),
              "self." + packed.get(node.name()));
      if (node.op() instanceof Opaque.Result result) {
        List<String> results = unpacked.get(node.inputs().get(0));
        locals.put(node.name(), results.get(result.index()));
        continue;
      }
      List<String> made = new ArrayList<>(List.of(identifiers.unique(node.name())));
      String comma = "";
      if (node.op() instanceof Opaque.Call call && call.unpacked()) {
        comma = ",";
        for (int i = 1; i < call.results().size(); i++) {
          made.add(identifiers.unique(node.name() + "_" + i));
        }
      }
      unpacked.put(node.name(), made);
      locals.put(node.name(), made.get(0));
      String expression = text.of(node.op());
      listener.accept(node.name(), expression);
      body.append("    %s%s = %s\n".formatted(String.join(", ", made), comma, expression));
    }
    List<String> outputs = graph.outputs().stream().map(locals::get).toList();
    boolean single = outputs.size() == 1;
    String type = single ? "Tensor" : tupleType(Collections.nCopies(outputs.size(), "Tensor"));
    String result = single ? outputs.get(0) : "(" + String.join(", ", outputs) + ")";
    return "  def forward(self: %s,\n    %s: Tensor) -> %s:\n%s    return %s\n"
        .formatted(QUALIFIED, locals.get(Graph.INPUT), type, body, result);
  }

  /** Returns the method that gives the tensors back; the packed objects are their only copy. */
  private String getState() {
    String body =
        packed.keySet().stream().allMatch(node -> weights(node).unpacks())
            ? unpacked()
            : """
                  state = uninitialized(%s)
                  ops.prim.RaiseException("%s")
                  return state
              """
                .formatted(stateType(), KEPT);
    return "  def __getstate__(self: %s) -> %s:\n%s".formatted(QUALIFIED, stateType(), body);
  }

  private String unpacked() {
    IdentityHashMap<Tensor, String> sources = new IdentityHashMap<>();
    attributes.forEach((tensor, attribute) -> sources.put(tensor, "self." + attribute));
    StringBuilder body = new StringBuilder();
    packed.forEach(
        (node, attribute) -> {
          String weight = "w_" + attribute;
          String bias = "b_" + attribute;
          body.append(
              "    %s, %s, = %s(self.%s)\n"
                  .formatted(weight, bias, weights(node).unpack(), attribute));
          for (StoredTensor tensor : graph.node(node).op().stored()) {
            sources.putIfAbsent(
                tensor.tensor(),
                switch (tensor.role()) {
                  case "weight" -> "torch.int_repr(" + weight + ")";
                  case "scales" ->
                      "torch.to(torch.q_per_channel_scales(" + weight + "), 6, False, False, None)";
                  default -> "unchecked_cast(Tensor, " + bias + ")";
                });
          }
        });
    String state =
        stored.stream()
            .map(tensor -> sources.get(tensor.tensor()) + ", ")
            .collect(Collectors.joining());
    return body + "    return (%sself.training)\n".formatted(state);
  }

  /** Returns the method that packs the weights, once, when the archive is loaded. */
  private String setState() {
    IdentityHashMap<Tensor, String> elements = new IdentityHashMap<>();
    stored.forEach(tensor -> elements.put(tensor.tensor(), "(state)[" + elements.size() + "]"));
    Map<String, TensorType> types = graph.types(1);
    StringBuilder body = new StringBuilder();
    body.append(PackedWeights.requireInstructions(graph.nodes().stream().map(Node::op).toList()));
    for (StoredTensor tensor : plain) {
      body.append(
          "    self.%s = %s\n"
              .formatted(attributes.get(tensor.tensor()), elements.get(tensor.tensor())));
    }
    packed.forEach(
        (node, attribute) -> {
          TensorType input = types.get(graph.node(node).inputs().get(0));
          body.append(
              "    self.%s = %s\n".formatted(attribute, weights(node).pack(input, elements::get)));
        });
    return "  def __setstate__(self: %s,\n    state: %s) -> NoneType:\n%s    self.training = (state)[%d]\n    return None\n"
        .formatted(QUALIFIED, stateType(), body, stored.size());
  }

  private String stateType() {
    List<String> types = new ArrayList<>(Collections.nCopies(stored.size(), "Tensor"));
    types.add("bool");
    return tupleType(types);
  }

  private static String tupleType(List<String> types) {
    return "Tuple[" + String.join(", ", types) + "]";
  }
}
