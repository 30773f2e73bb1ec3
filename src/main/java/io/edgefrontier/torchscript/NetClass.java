package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.Quantized;
import io.edgefrontier.graph.Quantized.QuantizedConv2d;
import io.edgefrontier.graph.Quantized.QuantizedLinear;
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
import java.util.Locale;
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
  private static final String PACKED_CLASS = "__torch__.torch.classes.quantized.%sPackedParamsBase";

  private final Graph graph;
  private final List<StoredTensor> stored;
  // Attributes that hold a tensor as it is, and those that hold packed weights, by node.
  private final IdentityHashMap<Tensor, String> attributes = new IdentityHashMap<>();
  private final List<StoredTensor> plain = new ArrayList<>();
  private final Map<String, String> packed = new LinkedHashMap<>();

  NetClass(Graph graph) {
    this.graph = graph;
    this.stored = graph.stored();
    Identifiers identifiers = new Identifiers();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Quantized) {
        if (!node.op().stored().isEmpty()) {
          packed.put(node.name(), identifiers.unique(node.name() + "_packed"));
        }
        continue;
      }
      for (StoredTensor tensor : node.op().stored()) {
        if (!attributes.containsKey(tensor.tensor())) {
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
        (node, attribute) ->
            code.append("  %s : %s\n".formatted(attribute, PACKED_CLASS.formatted(kind(node)))));
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

  private String kind(String node) {
    return graph.node(node).op() instanceof QuantizedConv2d ? "Conv2d" : "Linear";
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
    IdentityHashMap<Tensor, String> sources = new IdentityHashMap<>();
    attributes.forEach((tensor, attribute) -> sources.put(tensor, "self." + attribute));
    StringBuilder body = new StringBuilder();
    packed.forEach(
        (node, attribute) -> {
          String weight = "w_" + attribute;
          String bias = "b_" + attribute;
          body.append(
              "    %s, %s, = ops.quantized.%s_unpack(self.%s)\n"
                  .formatted(weight, bias, kind(node).toLowerCase(Locale.ROOT), attribute));
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
    return "  def __getstate__(self: %s) -> %s:\n%s    return (%sself.training)\n"
        .formatted(QUALIFIED, stateType(), body, state);
  }

  /** Returns the method that packs the weights, once, when the archive is loaded. */
  private String setState() {
    IdentityHashMap<Tensor, String> elements = new IdentityHashMap<>();
    stored.forEach(tensor -> elements.put(tensor.tensor(), "(state)[" + elements.size() + "]"));
    StringBuilder body = new StringBuilder();
    for (StoredTensor tensor : plain) {
      body.append(
          "    self.%s = %s\n"
              .formatted(attributes.get(tensor.tensor()), elements.get(tensor.tensor())));
    }
    packed.forEach(
        (node, attribute) ->
            body.append(
                "    self.%s = %s\n".formatted(attribute, prepack(graph.node(node), elements))));
    return "  def __setstate__(self: %s,\n    state: %s) -> NoneType:\n%s    self.training = (state)[%d]\n    return None\n"
        .formatted(QUALIFIED, stateType(), body, stored.size());
  }

  private static String prepack(Node node, IdentityHashMap<Tensor, String> elements) {
    if (node.op() instanceof QuantizedConv2d conv) {
      return "ops.quantized.conv2d_prepack(%s, %s, %s)"
          .formatted(
              perChannel(elements.get(conv.weight()), elements.get(conv.scales())),
              conv.bias().map(elements::get).orElse("None"),
              OpText.convolution(conv.window(), conv.groups()));
    } else if (node.op() instanceof QuantizedLinear linear) {
      return "ops.quantized.linear_prepack(%s, %s)"
          .formatted(
              perChannel(elements.get(linear.weight()), elements.get(linear.scales())),
              linear.bias().map(elements::get).orElse("None"));
    }
    throw new IllegalArgumentException(node.name() + ": no packed form of " + node.op());
  }

  private static String perChannel(String weight, String scales) {
    return "torch._make_per_channel_quantized_tensor(%s, %s, torch.zeros_like(%s, dtype=3), 0)"
        .formatted(weight, scales, scales);
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
