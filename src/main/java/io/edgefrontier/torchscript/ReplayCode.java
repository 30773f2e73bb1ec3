package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
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
  private final int batch;
  private final IdentityHashMap<Symbol, String> variables = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, String> attributes = new IdentityHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private long length;

  /**
   * @param batch size that stands where code asks for that of the batch
   */
  ReplayCode(GraphBuilder graph, StoredTensors stored, int batch, Symbol input) {
    this.graph = graph;
    this.stored = stored;
    this.batch = batch;
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
    List<String> texts = new ArrayList<>();
    for (Value argument : arguments) {
      texts.add(text(argument));
    }
    for (Map.Entry<String, Value> argument : named.entrySet()) {
      texts.add(argument.getKey() + "=" + text(argument.getValue()));
    }
    String call = operator + "(" + String.join(", ", texts) + ")";
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

  private String text(Value value) throws IOException {
    if (value instanceof Symbol symbol && variables.containsKey(symbol)) {
      return variables.get(symbol);
    } else if (value instanceof Attribute attribute) {
      return text(attribute.tensor());
    } else if (value instanceof Stored tensor) {
      // Numbers that traced code keeps as tensors may be of types that a graph cannot hold.
      return tensor.sizes().isEmpty() ? text(stored.number(tensor)) : attribute(tensor);
    } else if (value instanceof Sequence sequence) {
      List<String> items = new ArrayList<>();
      for (Value item : sequence.items()) {
        items.add(text(item));
      }
      return items.isEmpty() ? "annotate(List[int], [])" : items.toString();
    } else if (value instanceof BatchMultiple multiple) {
      return String.valueOf(Math.multiplyExact(multiple.factor(), (long) batch));
    } else if (value instanceof Int integer) {
      return String.valueOf(integer.value());
    } else if (value instanceof Real real) {
      return OpText.number(real.value());
    } else if (value instanceof Bool bool) {
      return bool.value() ? "True" : "False";
    } else if (value instanceof Text text && text.value().matches("[A-Za-z0-9_:]*")) {
      return '"' + text.value() + '"';
    } else if (value == None.NONE) {
      return "None";
    }
    throw new IllegalArgumentException("it is given " + Value.describe(value));
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
