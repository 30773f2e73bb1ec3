package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Constant;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Node;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.PackedAttribute;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the nodes that running the code on symbols leaves. */
final class GraphBuilder {
  private static final int MAX_NODES = 100_000;
  private static final int MAX_INPUTS = 1_000_000;
  private static final int MAX_NAME = 1_000;

  private final Shape sampleShape;
  private final StoredTensors tensors;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Set.of(Graph.INPUT));
  private final Map<String, Integer> repeats = new HashMap<>();
  private final Map<Stored, Symbol> constants = new HashMap<>();
  private final Optional<OpaqueCalls> opaque;
  private CallListener listener = CallListener.NONE;
  private long inputCount;

  /**
   * @param probe tries calls that the graph does not know
   * @param formatVersion of the archive whose calls these are
   */
  GraphBuilder(
      Shape sampleShape, StoredTensors tensors, Optional<CallProbe> probe, int formatVersion) {
    this.sampleShape = sampleShape;
    this.tensors = tensors;
    this.opaque = probe.map(engine -> new OpaqueCalls(this, engine, formatVersion));
  }

  /** Returns what keeps calls as they are that the graph does not know, if that is possible. */
  Optional<OpaqueCalls> opaque() {
    return opaque;
  }

  /** Returns the network's input, a batch of one sample. */
  Symbol input() {
    return new Symbol(Graph.INPUT, SymbolType.ofSamples(sampleShape));
  }

  /** Returns who is told of the calls that the nodes come from. */
  CallListener listener() {
    return listener;
  }

  void setListener(CallListener newListener) {
    listener = newListener;
  }

  int size() {
    return nodes.size();
  }

  /** Returns the nodes so far, the newest last; the last one may still be given another name. */
  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Returns the place of a node among all, looked for from the end; -1 for the input. */
  int position(String node) {
    int position = nodes.size() - 1;
    while (position >= 0 && !nodes.get(position).name().equals(node)) {
      position--;
    }
    return position;
  }

  /**
   * Adds a node.
   *
   * @param name wanted for the node; a number is added if it is taken
   * @throws IllegalArgumentException if the operator does not accept its inputs, or the network
   *     grows beyond any that is one
   */
  Symbol add(String name, Op op, List<Symbol> inputs) {
    inputCount += inputs.size();
    if (nodes.size() == MAX_NODES || inputCount > MAX_INPUTS) {
      throw new RefusedException(
          "the network has over %d operators or %d inputs of them"
              .formatted(MAX_NODES, MAX_INPUTS));
    }
    List<SymbolType> types = new ArrayList<>();
    for (Symbol input : inputs) {
      if (input.isStale()) {
        throw new RefusedException(
            "it reads %s after an in-place operator changed it through another view"
                .formatted(input.node()));
      }
      types.add(input.type());
    }
    SymbolType type = SymbolType.infer(op, types);
    Node node = new Node(unique(name), op, inputs.stream().map(Symbol::node).toList());
    nodes.add(node);
    return op.isView()
        ? inputs.get(0).part(node.name(), type, Optional.of(op))
        : new Symbol(node.name(), type);
  }

  Symbol add(String name, Op op, Symbol... inputs) {
    return add(name, op, List.of(inputs));
  }

  /** A fused operator's variable has the name of its layer, which is a node of its own. */
  private boolean isNamedAfter(Node node, String layer) {
    return names.contains(plain(layer)) && node.name().startsWith(plain(layer) + "_");
  }

  private String unique(String name) {
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException("its name has over " + MAX_NAME + " characters");
    }
    String plain = plain(name);
    String candidate = plain;
    while (!names.add(candidate)) {
      candidate = plain + "_" + repeats.merge(plain, 1, Integer::sum);
    }
    return candidate;
  }

  /** Attributes in a pickle may be named anything; names go into tables and onto terminals. */
  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /** Gives the newest node another name, if {@code symbol} and nothing else is its value. */
  void renameLast(Symbol symbol, String name) {
    Node last = nodes.get(nodes.size() - 1);
    if (!last.name().equals(symbol.node()) || symbol.isShared() || isNamedAfter(last, name)) {
      return;
    }
    nodes.remove(nodes.size() - 1);
    names.remove(last.name());
    Node renamed = new Node(unique(name), last.op(), last.inputs());
    nodes.add(renamed);
    symbol.rename(renamed.name());
  }

  /** Returns a stored tensor as a value, for operators that compute with it. */
  Symbol constant(Value value) throws IOException {
    Stored stored = stored(value);
    Symbol known = constants.get(stored);
    if (known == null) {
      boolean trained = value instanceof Attribute && tensor(value).dtype().isFloat();
      known = add(layerName(value, "constant"), new Constant(tensor(value), trained));
      constants.put(stored, known);
    }
    return new Symbol(known.node(), known.type()); // what changes one in place changes no other
  }

  /** Returns the number that a stored tensor of no dimension holds; any other value as it is. */
  Value numberIfStored(Value value) throws IOException {
    boolean stored = value instanceof Attribute || value instanceof Stored;
    return stored && stored(value).sizes().isEmpty() ? tensors.number(stored(value)) : value;
  }

  /** Returns the stored tensor that an argument is. */
  Tensor tensor(Value value) throws IOException {
    return tensors.read(stored(value));
  }

  /** Returns a tensor like the stored one that an argument is, with {@code value} all over. */
  Tensor filled(Value like, float value) throws IOException {
    return tensors.filled(stored(like), value);
  }

  /** Returns the stored tensor that an argument is, or empty for None. */
  Optional<Tensor> optionalTensor(Value value) throws IOException {
    return value == None.NONE ? Optional.empty() : Optional.of(tensor(value));
  }

  static Stored stored(Value value) {
    if (value instanceof Attribute attribute) {
      return attribute.tensor();
    } else if (value instanceof Stored stored) {
      return stored;
    }
    throw new IllegalArgumentException(
        "it takes %s as a weight, expected a stored tensor".formatted(Value.describe(value)));
  }

  /** Returns the name of the layer whose weights are {@code weights}. */
  static String layerName(Value weights, String ifUnknown) {
    String origin =
        weights instanceof Attribute attribute
            ? attribute.origin()
            : weights instanceof PackedAttribute packed ? packed.origin() : "";
    String name =
        origin.replaceFirst("(^|[._])(weight|value|running_mean|_?packed(_params)?)$", "");
    return name.isEmpty() ? ifUnknown : name;
  }

  /**
   * Returns the graph of the nodes that {@code outputs} need.
   *
   * @throws IllegalArgumentException if the outputs are not values of it
   */
  Graph finish(String name, List<Symbol> outputs) {
    Set<String> needed = new HashSet<>();
    outputs.forEach(output -> needed.add(output.node()));
    ArrayDeque<Node> kept = new ArrayDeque<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (needed.contains(node.name())) {
        kept.addFirst(node);
        needed.addAll(node.inputs());
      }
    }
    return new Graph(
        name, sampleShape, List.copyOf(kept), outputs.stream().map(Symbol::node).toList());
  }
}
