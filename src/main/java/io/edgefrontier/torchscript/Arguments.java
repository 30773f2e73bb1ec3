package io.edgefrontier.torchscript;

import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of one operator call, by name.
 *
 * <p>Every method throws IllegalArgumentException if the argument is not what it returns; the
 * interpreter adds where in the archive that was.
 */
final class Arguments {
  // Far beyond any kernel, stride or padding, and small enough that sums of them do not overflow.
  private static final int MAX_EXTENT = 1 << 16;
  private static final int MAX_DIMENSIONS = 16;

  private final Map<String, Value> values = new HashMap<>();
  private final GraphBuilder graph;

  /**
   * Gives names to arguments.
   *
   * @param signature the parameters' names in order, separated by spaces; optional ones end in ?
   * @param graph where stored tensors become values if they are used as such
   */
  Arguments(
      String signature, List<Value> positional, Map<String, Value> named, GraphBuilder graph) {
    this.graph = graph;
    String[] parameters = signature.split(" ", -1);
    if (positional.size() > parameters.length) {
      throw new IllegalArgumentException(
          "%d arguments, expected (%s)".formatted(positional.size(), signature));
    }
    Map<String, Value> rest = new HashMap<>(named);
    for (int i = 0; i < parameters.length; i++) {
      String name = parameters[i].replace("?", "");
      Value value = i < positional.size() ? positional.get(i) : rest.remove(name);
      if (value != null) {
        values.put(name, value);
      } else if (name.equals(parameters[i])) {
        throw new IllegalArgumentException(
            "no argument '%s', expected (%s)".formatted(name, signature));
      }
    }
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown or repeated arguments %s, expected (%s)".formatted(rest.keySet(), signature));
    }
  }

  /** Returns an argument, or None if it was left out. */
  Value value(String name) {
    return values.getOrDefault(name, None.NONE);
  }

  boolean isNone(String name) {
    return value(name) == None.NONE;
  }

  /** Returns a tensor as a value: one that is computed, or a stored one. */
  Symbol tensor(String name) throws IOException {
    return tensor(value(name), name);
  }

  private Symbol tensor(Value value, String name) throws IOException {
    if (value instanceof Symbol symbol) {
      return symbol;
    } else if (value instanceof Attribute || value instanceof Stored) {
      return graph.constant(value);
    }
    throw wrong(name, "a tensor");
  }

  List<Symbol> tensors(String name) throws IOException {
    List<Symbol> symbols = new ArrayList<>();
    for (Value item : items(name)) {
      symbols.add(tensor(item, name));
    }
    return symbols;
  }

  /** Returns the number that an argument is, perhaps stored as a tensor of no dimension. */
  Optional<Double> number(String name) throws IOException {
    Value value = graph.numberIfStored(value(name));
    return value instanceof Int || value instanceof Real
        ? Optional.of(NumberOperators.real(value))
        : Optional.empty();
  }

  /**
   * Returns an axis of {@code input}, counted from 0.
   *
   * @throws IllegalArgumentException if the batch lies there, as no operator may mix samples
   */
  int sampleAxis(String name, Symbol input, int ifAbsent) {
    int axis = input.shape().axis(integer(name, ifAbsent));
    requireSampleAxis(name, input, axis);
    return axis;
  }

  /** As {@link #sampleAxis} for every axis of a list; axes count from 0. */
  List<Integer> sampleAxes(String name, Symbol input) {
    List<Integer> axes = integers(name).stream().map(input.shape()::axis).toList();
    axes.forEach(axis -> requireSampleAxis(name, input, axis));
    return axes;
  }

  private void requireSampleAxis(String name, Symbol input, int axis) {
    if (input.type().isBatched(axis)) {
      String expected = "an axis without the batch, which axis " + axis + " has";
      throw new RefusedException(wrong(name, expected).getMessage());
    }
  }

  int integer(String name) {
    return extent(value(name), name);
  }

  int integer(String name, int ifAbsent) {
    return isNone(name) ? ifAbsent : integer(name);
  }

  private int extent(Value value, String name) {
    if (value instanceof Int i && i.value() >= -MAX_EXTENT && i.value() <= MAX_EXTENT) {
      return (int) i.value();
    }
    throw wrong(name, "an integer (or integers) of at most " + MAX_EXTENT);
  }

  double real(String name) {
    if (value(name) instanceof Int i) {
      return i.value();
    } else if (value(name) instanceof Real real) {
      return real.value();
    }
    throw wrong(name, "a number");
  }

  double real(String name, double ifAbsent) {
    return isNone(name) ? ifAbsent : real(name);
  }

  /** Returns a list of numbers, which must have {@code count} of them. */
  List<Double> reals(String name, int count) {
    List<Value> items = dimensions(name);
    if (items.size() != count
        || !items.stream().allMatch(item -> item instanceof Int || item instanceof Real)) {
      throw wrong(name, "a list of %d numbers".formatted(count));
    }
    return items.stream().map(NumberOperators::real).toList();
  }

  boolean flag(String name, boolean ifAbsent) {
    if (value(name) instanceof Bool bool) {
      return bool.value();
    } else if (isNone(name)) {
      return ifAbsent;
    }
    throw wrong(name, "True or False");
  }

  private List<Value> items(String name) {
    if (value(name) instanceof Sequence sequence) {
      return sequence.items();
    }
    throw wrong(name, "a list");
  }

  /** Returns a list that has one item, or two, per dimension of a tensor. */
  List<Value> dimensions(String name) {
    List<Value> items = items(name);
    if (items.size() > MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "argument '%s' has %d items, at most %d are supported"
              .formatted(name, items.size(), MAX_DIMENSIONS));
    }
    return items;
  }

  List<Integer> integers(String name) {
    if (value(name) instanceof Int) {
      return List.of(integer(name));
    }
    List<Integer> integers = new ArrayList<>();
    for (Value item : dimensions(name)) {
      integers.add(extent(item, name));
    }
    return integers;
  }

  /** Returns height and width from one integer or two; an absent or empty list is the default. */
  Size2d pair(String name, Size2d ifAbsent) {
    List<Integer> sizes = isNone(name) ? List.of() : integers(name);
    return switch (sizes.size()) {
      case 0 -> ifAbsent;
      case 1 -> Size2d.of(sizes.get(0));
      case 2 -> new Size2d(sizes.get(0), sizes.get(1));
      default -> throw wrong(name, "one or two integers");
    };
  }

  /** Returns the mapping in the arguments scale and zero_point. */
  QuantParams mapping() {
    return new QuantParams((float) real("scale"), integer("zero_point"));
  }

  /** Requires that an argument was left out or is None. */
  void requireNone(String name) {
    if (!isNone(name)) {
      throw wrong(name, "None");
    }
  }

  /** Returns the error that argument {@code name} deserves. */
  IllegalArgumentException wrong(String name, String expected) {
    return new IllegalArgumentException(
        "argument '%s' is %s, expected %s".formatted(name, Value.describe(value(name)), expected));
  }
}
