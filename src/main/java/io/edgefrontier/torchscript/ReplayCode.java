package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Operator calls as statements: each with the arguments that it got, whatever code had worked them
 * out. A statement keeps its result in a variable of its own.
 */
final class ReplayCode implements CallListener {
  private static final int MAX_TEXT = 1 << 24;

  /**
   * What a call computed.
   *
   * @param statement number of the call's statement
   * @param variable that holds the value after it
   * @param node position of the node in the graph that is read, -1 for the input
   */
  record Result(int statement, String variable, int node, String operator, String place) {}

  private final GraphBuilder graph;
  private final StoredTensors stored;
  private final Symbol input;
  private final IdentityHashMap<Symbol, String> variables = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, String> attributes = new IdentityHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private long length;

  /**
   * @param input the network's
   */
  ReplayCode(GraphBuilder graph, StoredTensors stored, Symbol input) {
    this.graph = graph;
    this.stored = stored;
    this.input = input;
    variables.put(input, Graph.INPUT);
  }

  @Override
  public void called(
      String operator,
      List<Value> arguments,
      Map<String, Value> named,
      Value result,
      Supplier<String> place)
      throws IOException {
    if (!(result instanceof Symbol) && !(result instanceof Sequence)) {
      return; // a stored tensor in another layout, which is printed as such where it is used
    }
    String call = text(CallText.of(operator, arguments, named, input));
    String variable = "t" + statements.size();
    if (result instanceof Symbol symbol) {
      add("%s = %s".formatted(variable, call));
      keep(symbol, variable, operator, place.get());
    } else {
      List<Value> items = ((Sequence) result).items();
      StringBuilder both = new StringBuilder("%s = %s".formatted(variable, call));
      for (int i = 0; i < items.size(); i++) {
        both.append("\n    %s_%d = (%s)[%d]".formatted(variable, i, variable, i));
      }
      add(both.toString());
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Symbol symbol) {
          keep(symbol, variable + "_" + i, operator, place.get());
        }
      }
    }
  }

  private void add(String statement) {
    length += statement.length();
    if (length > MAX_TEXT) {
      throw new IllegalArgumentException("it makes more calls than can be repeated");
    }
    statements.add(statement);
  }

  private void keep(Symbol symbol, String variable, String operator, String place) {
    variables.put(symbol, variable);
    int node = graph.position(symbol.node());
    results.add(new Result(statements.size() - 1, variable, node, operator, place));
  }

  private String text(CallText call) throws IOException {
    List<String> inputs = new ArrayList<>();
    for (Symbol symbol : call.inputs()) {
      String variable = variables.get(symbol);
      if (variable == null) {
        throw new IllegalArgumentException("it takes a tensor that no call has given");
      }
      inputs.add(variable);
    }
    List<String> attributes = new ArrayList<>();
    for (Value tensor : call.tensors()) {
      attributes.add(stored(GraphBuilder.stored(tensor)));
    }
    return CallText.fill(call.text(), inputs::get, attributes::get);
  }

  /** Numbers that traced code keeps as tensors may be of types that a graph cannot hold. */
  private String stored(Stored tensor) throws IOException {
    if (!tensor.sizes().isEmpty()) {
      return attribute(tensor);
    }
    Value number = stored.number(tensor);
    return number instanceof Int i
        ? String.valueOf(i.value())
        : number instanceof Real r ? OpText.number(r.value()) : attribute(tensor);
  }

  private String attribute(Stored tensor) throws IOException {
    Tensor dense = stored.read(tensor);
    String known = attributes.get(dense);
    if (known == null) {
      known = "w" + tensors.size();
      attributes.put(dense, known);
      tensors.add(dense);
    }
    return "self." + known;
  }

  List<Result> results() {
    return results;
  }

  /** Returns the stored tensors that the statements use, w0, w1, ... */
  List<Tensor> tensors() {
    return tensors;
  }

  /** Returns the class whose forward method makes the calls and returns copies of results. */
  String classText(List<Result> outputs) {
    StringBuilder code = new StringBuilder("class " + NetClass.NAME + "(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = [");
    for (int i = 0; i < tensors.size(); i++) {
      code.append("\"w%d\", ".formatted(i));
    }
    code.append("]\n");
    for (int i = 0; i < tensors.size(); i++) {
      code.append("  w%d : Tensor\n".formatted(i));
    }
    code.append("  training : bool\n");
    code.append("  def forward(self: %s,\n".formatted(NetClass.QUALIFIED));
    List<String> types = outputs.stream().map(output -> "Tensor").toList();
    code.append("    %s: Tensor) -> Tuple[%s]:\n".formatted(Graph.INPUT, String.join(", ", types)));
    List<String> copies = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < statements.size() && next < outputs.size(); i++) {
      code.append("    ").append(statements.get(i)).append('\n');
      for (; next < outputs.size() && outputs.get(next).statement() == i; next++) {
        // A later call may write into the very tensor.
        copies.add("o" + next);
        code.append("    o%d = torch.clone(%s)\n".formatted(next, outputs.get(next).variable()));
      }
    }
    return code.append("    return (%s,)\n".formatted(String.join(", ", copies))).toString();
  }
}
