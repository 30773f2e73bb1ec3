package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operators on values that are known while the code runs: numbers, texts, lists, the facts of a
 * tensor. They leave no nodes.
 */
final class ConcreteOperators {
  /** What an operator does. */
  @FunctionalInterface
  interface Body {
    /**
     * Returns the result, or empty if the arguments are for the operator of this name on tensors.
     *
     * @throws IllegalArgumentException if the arguments fit neither
     */
    Optional<Value> apply(List<Value> arguments, Map<String, Value> named, Work work)
        throws IOException;
  }

  // Their arguments may be numbers that are stored as tensors.
  private static final Map<String, Body> ON_NUMBERS = onNumbers();
  private static final Map<String, Body> ON_OTHERS = onOthers();

  private final StoredTensors tensors;
  private final Work work;

  /**
   * @param tensors where stored numbers are read
   * @param work what bounds it
   */
  ConcreteOperators(StoredTensors tensors, Work work) {
    this.tensors = tensors;
    this.work = work;
  }

  private static Map<String, Body> onNumbers() {
    Map<String, Body> table = new HashMap<>();
    NumberOperators.register(table);
    Comparisons.register(table);
    return Map.copyOf(table);
  }

  private static Map<String, Body> onOthers() {
    Map<String, Body> table = new HashMap<>();
    ListOperators.register(table);
    TextOperators.register(table);
    TensorFacts.register(table);
    KernelOperators.registerFacts(table);
    return Map.copyOf(table);
  }

  /**
   * Applies an operator.
   *
   * @return empty if there is none of this name, or it is one on tensors here
   * @throws IllegalArgumentException if it cannot do what it is asked, such as force the free batch
   *     to be a number
   */
  Optional<Value> apply(String name, List<Value> arguments, Map<String, Value> named)
      throws IOException {
    Body body = ON_OTHERS.get(name);
    Optional<Value> value = body == null ? Optional.empty() : body.apply(arguments, named, work);
    Body numeric = ON_NUMBERS.get(name);
    if (value.isPresent() || numeric == null) {
      return value;
    }
    boolean tensor = arguments.stream().anyMatch(Symbol.class::isInstance);
    return numeric.apply(tensor ? arguments : numbers(arguments), named, work);
  }

  /** Reads stored tensors of no dimension: traced code keeps numbers as such. */
  private List<Value> numbers(List<Value> arguments) throws IOException {
    List<Value> numbers = new ArrayList<>();
    for (Value argument : arguments) {
      Value value = argument instanceof Attribute attribute ? attribute.tensor() : argument;
      numbers.add(
          value instanceof Stored stored && stored.sizes().isEmpty()
              ? tensors.number(stored)
              : argument);
    }
    return numbers;
  }
}
