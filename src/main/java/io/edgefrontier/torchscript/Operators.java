package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All operators that code may call, by their names there. */
final class Operators {
  private static final Map<String, Operator> TABLE = table();
  private static final Set<String> IN_PLACE =
      Set.of(
          "torch.relu_",
          "torch.relu6_",
          "torch.sigmoid_",
          "torch.tanh_",
          "torch.silu_",
          "torch.hardswish_",
          "torch.hardsigmoid_",
          "torch.gelu_",
          "torch.mish_",
          "torch.leaky_relu_",
          "torch.elu_",
          "torch.selu_",
          "torch.celu_",
          "torch.hardtanh_",
          "torch.clamp_",
          "torch.clip_",
          "torch.clamp_min_",
          "torch.clamp_max_",
          "torch.abs_",
          "torch.neg_",
          "torch.exp_",
          "torch.dropout_",
          "torch.feature_dropout_",
          "torch.alpha_dropout_",
          "torch.add_",
          "torch.sub_",
          "torch.mul_",
          "torch.div_");

  private Operators() {}

  private static Map<String, Operator> table() {
    Map<String, Operator> table = new TreeMap<>();
    ConvolutionOperators.register(table);
    LayerOperators.register(table);
    ActivationOperators.register(table);
    PoolingOperators.register(table);
    ArithmeticOperators.register(table);
    AttentionOperators.register(table);
    ConversionOperators.register(table);
    ShapeOperators.register(table);
    StorageOperators.register(table);
    QuantizedOperators.register(table);
    KernelOperators.register(table);
    return table;
  }

  /** Returns whether there is an operator of this name, whatever its arguments. */
  static boolean isKnown(String name) {
    return TABLE.containsKey(name) || IN_PLACE.contains(name);
  }

  /**
   * Applies an operator.
   *
   * @throws IllegalArgumentException if there is none of this name, or its arguments do not fit
   * @throws IOException if a stored tensor cannot be read
   */
  static Value apply(
      String name, List<Value> arguments, Map<String, Value> named, GraphBuilder graph)
      throws IOException {
    boolean inPlace = IN_PLACE.contains(name);
    Operator operator = TABLE.get(inPlace ? name.substring(0, name.length() - 1) : name);
    if (operator == null) {
      throw new IllegalArgumentException("the operator is not supported");
    }
    Arguments bound = new Arguments(operator.signature(), arguments, named, graph);
    if (inPlace && !(bound.value("input") instanceof Symbol)) {
      throw new RefusedException(
          bound.wrong("input", "a computed tensor, as it is changed in place").getMessage());
    }
    Value result = operator.body().apply(bound, graph);
    if (inPlace && result instanceof Symbol symbol) {
      Symbol target = bound.tensor("input");
      if (!symbol.type().equals(target.type())) {
        throw new IllegalArgumentException(
            "the result %s does not fit in place of %s".formatted(symbol.type(), target.type()));
      }
      target.overwrite(symbol.node(), symbol.type());
      return target;
    }
    return result;
  }
}
