package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Arithmetic.WithScalar;
import io.edgefrontier.graph.Layer;
import io.edgefrontier.graph.Op;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums, products and matrix products of tensors, numbers and stored tensors. */
final class ArithmeticOperators {
  private ArithmeticOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put("torch.add", new Operator("input other alpha?", ArithmeticOperators::add));
    table.put("torch.sub", new Operator("input other alpha?", ArithmeticOperators::subtract));
    table.put("torch.rsub", new Operator("input other alpha?", ArithmeticOperators::subtractFrom));
    table.put("torch.mul", new Operator("input other", ArithmeticOperators::multiply));
    table.put("torch.square", new Operator("input", ArithmeticOperators::squared));
    table.put("torch.pow", new Operator("input exponent", ArithmeticOperators::power));
    for (String name : List.of("torch.div", "torch.true_divide")) {
      table.put(name, new Operator("input other rounding_mode?", ArithmeticOperators::divide));
    }
    for (String name : List.of("torch.max", "torch.maximum")) {
      table.put(name, elementwise("maximum", new Arithmetic.Maximum()));
    }
    for (String name : List.of("torch.min", "torch.minimum")) {
      table.put(name, elementwise("minimum", new Arithmetic.Minimum()));
    }
    for (String name : List.of("torch.matmul", "torch.mm", "torch.bmm")) {
      table.put(name, new Operator("input other", ArithmeticOperators::product));
    }
  }

  private static Operator elementwise(String name, Op op) {
    return new Operator(
        "input other", (a, g) -> g.add(name, op, a.tensor("input"), a.tensor("other")));
  }

  private static Value add(Arguments a, GraphBuilder graph) throws IOException {
    double alpha = a.real("alpha", 1);
    Optional<Double> left = a.number("input");
    Optional<Double> right = a.number("other");
    if (right.isPresent()) {
      return scalar(a, graph, "add", WithScalar.Kind.ADD, right.get() * alpha);
    } else if (left.isPresent()) {
      Symbol other = scaled(graph, a.tensor("other"), alpha);
      return graph.add("add", new WithScalar(WithScalar.Kind.ADD, left.get()), other);
    }
    Symbol other = scaled(graph, a.tensor("other"), alpha);
    return graph.add("add", new Arithmetic.Add(), a.tensor("input"), other);
  }

  private static Value subtract(Arguments a, GraphBuilder graph) throws IOException {
    double alpha = a.real("alpha", 1);
    Optional<Double> left = a.number("input");
    Optional<Double> right = a.number("other");
    if (right.isPresent()) {
      return scalar(a, graph, "sub", WithScalar.Kind.ADD, -right.get() * alpha);
    }
    Symbol other = scaled(graph, a.tensor("other"), alpha);
    if (left.isPresent()) {
      return graph.add("sub", new WithScalar(WithScalar.Kind.SUBTRACT_FROM, left.get()), other);
    }
    return graph.add("sub", new Arithmetic.Sub(), a.tensor("input"), other);
  }

  /** {@code other - alpha * input}. */
  private static Value subtractFrom(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = scaled(graph, a.tensor("input"), a.real("alpha", 1));
    Optional<Double> other = a.number("other");
    return other.isPresent()
        ? graph.add("rsub", new WithScalar(WithScalar.Kind.SUBTRACT_FROM, other.get()), input)
        : graph.add("rsub", new Arithmetic.Sub(), a.tensor("other"), input);
  }

  private static Value multiply(Arguments a, GraphBuilder graph) throws IOException {
    Optional<Double> left = a.number("input");
    Optional<Double> right = a.number("other");
    if (right.isPresent()) {
      return scalar(a, graph, "mul", WithScalar.Kind.MULTIPLY, right.get());
    } else if (left.isPresent()) {
      return graph.add(
          "mul", new WithScalar(WithScalar.Kind.MULTIPLY, left.get()), a.tensor("other"));
    }
    return graph.add("mul", new Arithmetic.Mul(), a.tensor("input"), a.tensor("other"));
  }

  private static Value squared(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    return graph.add("square", new Arithmetic.Mul(), input, input);
  }

  private static Value power(Arguments a, GraphBuilder graph) throws IOException {
    if (!a.number("exponent").equals(Optional.of(2.0))) {
      throw a.wrong("exponent", "2");
    }
    return squared(a, graph);
  }

  private static Value divide(Arguments a, GraphBuilder graph) throws IOException {
    a.requireNone("rounding_mode");
    Optional<Double> right = a.number("other");
    return right.isPresent()
        ? scalar(a, graph, "div", WithScalar.Kind.DIVIDE, right.get())
        : graph.add("div", new Arithmetic.Div(), a.tensor("input"), a.tensor("other"));
  }

  private static Value scalar(
      Arguments a, GraphBuilder graph, String name, WithScalar.Kind kind, double value)
      throws IOException {
    return graph.add(name, new WithScalar(kind, value), a.tensor("input"));
  }

  private static Symbol scaled(GraphBuilder graph, Symbol value, double factor) {
    return factor == 1
        ? value
        : graph.add("mul", new WithScalar(WithScalar.Kind.MULTIPLY, factor), value);
  }

  /** A matrix product; with a stored matrix it is a linear layer without bias. */
  private static Value product(Arguments a, GraphBuilder graph) throws IOException {
    Value weight = a.value("other");
    if (!(weight instanceof Symbol) && GraphBuilder.stored(weight).sizes().size() == 2) {
      Op op = new Layer.Linear(graph.tensor(StoredTensors.exchanged(weight)), Optional.empty());
      return graph.add(GraphBuilder.layerName(weight, "linear"), op, a.tensor("input"));
    }
    Op op = new Arithmetic.MatMul();
    return graph.add("matmul", op, a.tensor("input"), a.tensor("other"));
  }
}
