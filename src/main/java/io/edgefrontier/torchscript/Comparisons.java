package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongBinaryOperator;

/** Comparisons and logic. */
final class Comparisons {
  private static final int MAX_DEPTH = 20;

  private Comparisons() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, ConcreteOperators.Body> table) {
    table.put("torch.eq", (a, n, w) -> equality(a, true, w));
    table.put("torch.ne", (a, n, w) -> equality(a, false, w));
    table.put("torch.lt", (a, n, w) -> order(a, 0, 1, true));
    table.put("torch.gt", (a, n, w) -> order(a, 1, 0, true));
    table.put("torch.ge", (a, n, w) -> order(a, 0, 1, false));
    table.put("torch.le", (a, n, w) -> order(a, 1, 0, false));
    table.put("torch.__is__", (a, n, w) -> identity(a, true));
    table.put("torch.__isnot__", (a, n, w) -> identity(a, false));
    for (String name : List.of("bool", "torch.Bool")) {
      table.put(name, (a, n, w) -> Optional.of(new Bool(a.size() == 1 && truth(a.get(0)))));
    }
    table.put(
        "torch.__not__", (a, n, w) -> Optional.of(new Bool(a.size() == 1 && !truth(a.get(0)))));
    table.put("torch.__and__", (a, n, w) -> bits(a, (x, y) -> x & y));
    table.put("torch.__or__", (a, n, w) -> bits(a, (x, y) -> x | y));
    table.put("torch.__xor__", (a, n, w) -> bits(a, (x, y) -> x ^ y));
    table.put("torch.__contains__", (a, n, w) -> contains(a, w));
    table.put("torch.all", (a, n, w) -> every(a, true, w));
    table.put("torch.any", (a, n, w) -> every(a, false, w));
  }

  private static Optional<Value> equality(List<Value> a, boolean expected, Work work)
      throws IOException {
    if (a.size() != 2 || Types.isTensor(a.get(0)) || Types.isTensor(a.get(1))) {
      return Optional.empty();
    }
    return Optional.of(new Bool(equal(a.get(0), a.get(1), MAX_DEPTH, work) == expected));
  }

  /**
   * Returns whether two values are equal.
   *
   * @throws IllegalArgumentException if that depends on a tensor's values or on the batch
   */
  static boolean equal(Value left, Value right, Work work) throws IOException {
    return equal(left, right, MAX_DEPTH, work);
  }

  private static boolean equal(Value left, Value right, int depth, Work work) throws IOException {
    work.spend(1);
    if (depth == 0) {
      throw new IllegalArgumentException(
          "values that nest deeper than %d are compared".formatted(MAX_DEPTH));
    }
    if (Types.isTensor(left) || Types.isTensor(right)) {
      throw unknown(Types.isTensor(left) ? left : right);
    } else if (NumberOperators.isNumber(left) && NumberOperators.isNumber(right)) {
      return equalNumbers(NumberOperators.plain(left), NumberOperators.plain(right));
    } else if (left instanceof Text a && right instanceof Text b) {
      work.spend(a.value().length() / 8);
      return a.value().equals(b.value());
    } else if (left instanceof Sequence a && right instanceof Sequence b) {
      boolean equal = a.isList() == b.isList() && a.items().size() == b.items().size();
      for (int i = 0; equal && i < a.items().size(); i++) {
        equal = equal(a.items().get(i), b.items().get(i), depth - 1, work);
      }
      return equal;
    } else if (left instanceof Dictionary a && right instanceof Dictionary b) {
      boolean equal = a.items().size() == b.items().size();
      for (Map.Entry<Value, Value> item : a.items().entrySet()) {
        Value other = b.items().get(item.getKey());
        equal = equal && other != null && equal(item.getValue(), other, depth - 1, work);
      }
      return equal;
    }
    return left == right;
  }

  private static boolean equalNumbers(Value left, Value right) {
    if (left instanceof BatchMultiple || right instanceof BatchMultiple) {
      return BatchArithmetic.equal(left, right);
    }
    return (left instanceof Int i && right instanceof Int j)
        ? i.value() == j.value()
        : NumberOperators.real(left) == NumberOperators.real(right);
  }

  /** Returns whether argument {@code left} is less than {@code right}, or whether it is not. */
  private static Optional<Value> order(List<Value> a, int left, int right, boolean less) {
    if (a.size() == 2 && a.get(0) instanceof Text && a.get(1) instanceof Text) {
      int order = ((Text) a.get(left)).value().compareTo(((Text) a.get(right)).value());
      return Optional.of(new Bool(order < 0 == less));
    }
    if (a.size() != 2 || !a.stream().allMatch(NumberOperators::isNumber)) {
      return Optional.empty();
    }
    Value x = NumberOperators.plain(a.get(left));
    Value y = NumberOperators.plain(a.get(right));
    if (isNaN(x) || isNaN(y)) {
      return Optional.of(new Bool(false));
    }
    boolean found;
    if (x instanceof BatchMultiple || y instanceof BatchMultiple) {
      found = BatchArithmetic.less(x, y);
    } else if (x instanceof Int i && y instanceof Int j) {
      found = i.value() < j.value();
    } else {
      found = NumberOperators.real(x) < NumberOperators.real(y);
    }
    return Optional.of(new Bool(found == less));
  }

  private static boolean isNaN(Value value) {
    return value instanceof Real real && Double.isNaN(real.value());
  }

  private static Optional<Value> identity(List<Value> a, boolean expected) {
    if (a.size() != 2) {
      throw new IllegalArgumentException("it compares two values");
    }
    Object left = a.get(0) instanceof Attribute attribute ? attribute.tensor() : a.get(0);
    Object right = a.get(1) instanceof Attribute attribute ? attribute.tensor() : a.get(1);
    boolean same =
        left == right
            || (left instanceof Bool x && right instanceof Bool y && x.value() == y.value())
            || (left instanceof Int i && right instanceof Int j && i.value() == j.value());
    return Optional.of(new Bool(same == expected));
  }

  /**
   * Returns whether a value counts as true.
   *
   * @throws IllegalArgumentException if that depends on a tensor's values
   */
  static boolean truth(Value value) {
    Value plain = NumberOperators.plain(value);
    if (plain instanceof Int i) {
      return i.value() != 0;
    } else if (plain instanceof Real real) {
      return real.value() != 0;
    } else if (plain instanceof Text text) {
      return !text.value().isEmpty();
    } else if (plain instanceof Sequence sequence) {
      return !sequence.items().isEmpty();
    } else if (plain instanceof Dictionary dictionary) {
      return !dictionary.items().isEmpty();
    } else if (plain instanceof BatchMultiple) {
      return true;
    } else if (plain == None.NONE) {
      return false;
    }
    throw unknown(value);
  }

  private static IllegalArgumentException unknown(Value value) {
    return new IllegalArgumentException(
        ("a decision depends on %s; a graph does the same whatever the values, so rewrite the"
                + " module or trace it")
            .formatted(Value.describe(value)));
  }

  private static Optional<Value> bits(List<Value> a, LongBinaryOperator operator) {
    if (a.size() == 2 && a.get(0) instanceof Bool x && a.get(1) instanceof Bool y) {
      long bit = operator.applyAsLong(x.value() ? 1 : 0, y.value() ? 1 : 0);
      return Optional.of(new Bool(bit != 0));
    } else if (a.size() == 2 && a.get(0) instanceof Int x && a.get(1) instanceof Int y) {
      return Optional.of(new Int(operator.applyAsLong(x.value(), y.value())));
    }
    return Optional.empty();
  }

  private static Optional<Value> contains(List<Value> a, Work work) throws IOException {
    if (a.size() == 2 && a.get(0) instanceof Sequence list) {
      for (Value item : list.items()) {
        if (equal(item, a.get(1), work)) {
          return Optional.of(new Bool(true));
        }
      }
      return Optional.of(new Bool(false));
    } else if (a.size() == 2 && a.get(0) instanceof Dictionary dictionary) {
      return Optional.of(
          new Bool(Value.isKey(a.get(1)) && dictionary.items().containsKey(a.get(1))));
    } else if (a.size() == 2 && a.get(0) instanceof Text text && a.get(1) instanceof Text part) {
      work.spend(text.value().length());
      return Optional.of(new Bool(text.value().contains(part.value())));
    }
    return Optional.empty();
  }

  private static Optional<Value> every(List<Value> a, boolean all, Work work) throws IOException {
    if (a.size() != 1 || !(a.get(0) instanceof Sequence list)) {
      return Optional.empty();
    }
    work.spend(list.items().size());
    for (Value item : list.items()) {
      if (truth(item) != all) {
        return Optional.of(new Bool(!all));
      }
    }
    return Optional.of(new Bool(all));
  }
}
