package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Arithmetic;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Operators that map each value, or each row, by itself. */
final class ActivationOperators {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  // The constants of Klambauer et al., 2017.
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final int SOFTPLUS_THRESHOLD = 20;

  private ActivationOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    registerClamps(table);
    for (Activation.Function function : Activation.Function.values()) {
      String name = function.torchName();
      table.put("torch." + name, new Operator("input", (a, g) -> pointwise(a, g, function)));
    }
    table.put("torch.gelu", new Operator("input approximate?", ActivationOperators::gelu));
    table.put(
        "torch.softplus", new Operator("input beta? threshold?", ActivationOperators::softplus));
    table.put(
        "torch.leaky_relu",
        new Operator(
            "input negative_slope?",
            (a, g) ->
                g.add(
                    "leaky_relu",
                    new Activation.LeakyRelu(a.real("negative_slope", 0.01)),
                    a.tensor("input"))));
    table.put(
        "torch.elu",
        new Operator(
            "input alpha? scale? input_scale?",
            (a, g) -> elu(a, g, a.real("alpha", 1), a.real("scale", 1), a.real("input_scale", 1))));
    table.put("torch.selu", new Operator("input", (a, g) -> elu(a, g, SELU_ALPHA, SELU_SCALE, 1)));
    table.put(
        "torch.celu",
        new Operator(
            "input alpha?", (a, g) -> elu(a, g, a.real("alpha", 1), 1, 1 / a.real("alpha", 1))));
    table.put("torch.glu", new Operator("input dim?", ActivationOperators::glu));
    table.put("torch.softmax", new Operator("input dim dtype?", ActivationOperators::softmax));
    table.put(
        "torch.log_softmax", new Operator("input dim dtype?", ActivationOperators::logSoftmax));
    for (String name : List.of("dropout", "feature_dropout", "alpha_dropout")) {
      table.put("torch." + name, new Operator("input p train", ActivationOperators::dropout));
    }
  }

  private static void registerClamps(Map<String, Operator> table) {
    table.put(
        "torch.relu",
        new Operator("input", (a, g) -> g.add("relu", new Activation.Relu(), a.tensor("input"))));
    table.put(
        "torch.relu6",
        new Operator(
            "input", (a, g) -> g.add("relu6", new Activation.Clamp(0, 6), a.tensor("input"))));
    table.put(
        "torch.hardtanh",
        new Operator(
            "input min_val? max_val?",
            (a, g) -> clamp(a, g, a.real("min_val", -1), a.real("max_val", 1))));
    for (String name : List.of("torch.clamp", "torch.clip")) {
      table.put(
          name,
          new Operator(
              "input min? max?",
              (a, g) -> clamp(a, g, a.real("min", -INFINITY), a.real("max", INFINITY))));
    }
    table.put(
        "torch.clamp_min",
        new Operator("input min", (a, g) -> clamp(a, g, a.real("min"), INFINITY)));
    table.put(
        "torch.clamp_max",
        new Operator("input max", (a, g) -> clamp(a, g, -INFINITY, a.real("max"))));
  }

  private static Value clamp(Arguments a, GraphBuilder graph, double low, double high)
      throws IOException {
    return graph.add("clamp", new Activation.Clamp(low, high), a.tensor("input"));
  }

  private static Value pointwise(Arguments a, GraphBuilder graph, Activation.Function function)
      throws IOException {
    return graph.add(function.torchName(), new Activation.Pointwise(function), a.tensor("input"));
  }

  private static Value gelu(Arguments a, GraphBuilder graph) throws IOException {
    if (!a.isNone("approximate")
        && !(a.value("approximate") instanceof Text text && text.value().equals("none"))) {
      throw a.wrong("approximate", "\"none\"");
    }
    return pointwise(a, graph, Activation.Function.GELU);
  }

  private static Value softplus(Arguments a, GraphBuilder graph) throws IOException {
    // Beyond the threshold PyTorch returns its input, which is the same number in float32.
    if (a.real("beta", 1) != 1 || a.real("threshold", SOFTPLUS_THRESHOLD) != SOFTPLUS_THRESHOLD) {
      throw new IllegalArgumentException("only a beta of 1 and a threshold of 20 are supported");
    }
    return pointwise(a, graph, Activation.Function.SOFTPLUS);
  }

  private static Value elu(
      Arguments a, GraphBuilder graph, double alpha, double scale, double inputScale)
      throws IOException {
    return graph.add("elu", new Activation.Elu(alpha, scale, inputScale), a.tensor("input"));
  }

  /** The first half of an axis times the sigmoid of the second. */
  private static Value glu(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    int axis = a.sampleAxis("dim", input, -1);
    int half = input.shape().dim(axis) / 2;
    Symbol value = graph.add("glu", new Reshaping.Slice(axis, 0, half, 1), input);
    Symbol gate = graph.add("glu", new Reshaping.Slice(axis, half, 2 * half, 1), input);
    Op sigmoid = new Activation.Pointwise(Activation.Function.SIGMOID);
    return graph.add("glu", new Arithmetic.Mul(), value, graph.add("glu", sigmoid, gate));
  }

  private static Value softmax(Arguments a, GraphBuilder graph) throws IOException {
    a.requireNone("dtype");
    Symbol input = a.tensor("input");
    return graph.add("softmax", new Activation.Softmax(a.sampleAxis("dim", input, -1)), input);
  }

  private static Value logSoftmax(Arguments a, GraphBuilder graph) throws IOException {
    a.requireNone("dtype");
    Symbol input = a.tensor("input");
    Op op = new Activation.LogSoftmax(a.sampleAxis("dim", input, -1));
    return graph.add("log_softmax", op, input);
  }

  private static Value dropout(Arguments a, GraphBuilder graph) throws IOException {
    if (a.flag("train", false) && a.real("p") != 0) {
      throw new RefusedException(
          "it is in training mode; call eval() on the module before the export");
    }
    return graph.add("dropout", new Activation.Dropout(), a.tensor("input"));
  }
}
