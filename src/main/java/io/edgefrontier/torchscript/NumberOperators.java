package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Arithmetic and conversions of numbers, as Python does them; the batch stays free. */
final class NumberOperators {
  /** An operator on two numbers of any kind. */
  private record Binary(
      LongBinaryOperator integers, DoubleBinaryOperator reals, BatchArithmetic.Rule batch) {}

  private static final Binary MULTIPLY =
      new Binary(Math::multiplyExact, (a, b) -> a * b, BatchArithmetic::multiply);

  private NumberOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, ConcreteOperators.Body> table) {
    Binary add = new Binary(Math::addExact, Double::sum, BatchArithmetic::add);
    Binary subtract = new Binary(Math::subtractExact, (a, b) -> a - b, BatchArithmetic::subtract);
    Binary floor = new Binary(Math::floorDiv, (a, b) -> Math.floor(a / b), BatchArithmetic::floor);
    table.put("torch.add", (a, n, w) -> scaled(add, a, n));
    table.put("torch.sub", (a, n, w) -> scaled(subtract, a, n));
    table.put(
        "torch.rsub",
        (a, n, w) ->
            a.size() < 2 ? Optional.empty() : scaled(subtract, List.of(a.get(1), a.get(0)), n));
    binary(table, MULTIPLY, "torch.mul");
    binary(table, floor, "torch.floordiv", "torch.floor_divide", "torch.__floordiv__");
    binary(
        table,
        new Binary(Math::floorMod, (a, b) -> a - b * Math.floor(a / b), BatchArithmetic::remainder),
        "torch.remainder");
    // Of the batch only whole parts are known, where the two agree.
    Binary truncate =
        new Binary((a, b) -> a / b, (a, b) -> truncated(a / b), BatchArithmetic::floor);
    table.put("torch.div", (a, n, w) -> divide(Map.of("floor", floor, "trunc", truncate), a, n));
    table.put("torch.pow", (a, n, w) -> power(a));
    Binary min = new Binary(Math::min, Math::min, (a, b) -> BatchArithmetic.less(a, b) ? a : b);
    Binary max = new Binary(Math::max, Math::max, (a, b) -> BatchArithmetic.less(a, b) ? b : a);
    for (String prefix : List.of("torch.", "ops.prim.", "")) {
      table.put(prefix + "min", (a, n, w) -> extreme(min, a, w));
      table.put(prefix + "max", (a, n, w) -> extreme(max, a, w));
      table.put(prefix + "abs", (a, n, w) -> absolute(a));
    }
    table.put("torch.sum", (a, n, w) -> sum(add, a, w));
    table.put("torch.neg", (a, n, w) -> apply(subtract, prepend(new Int(0), a)));
    registerReal(table);
    registerConversions(table);
    table.put("torch.__range_length", (a, n, w) -> rangeLength(a));
    table.put(
        "torch.__derive_index",
        (a, n, w) -> {
          long[] i = integers(a, 3);
          return Optional.of(new Int(Math.addExact(i[1], Math.multiplyExact(i[0], i[2]))));
        });
  }

  private static void registerReal(Map<String, ConcreteOperators.Body> table) {
    Map<String, DoubleUnaryOperator> functions =
        Map.ofEntries(
            Map.entry("sqrt", Math::sqrt),
            Map.entry("exp", Math::exp),
            Map.entry("expm1", Math::expm1),
            Map.entry("log", Math::log),
            Map.entry("log1p", Math::log1p),
            Map.entry("log10", Math::log10),
            Map.entry("log2", x -> Math.log(x) / Math.log(2)),
            Map.entry("sin", Math::sin),
            Map.entry("cos", Math::cos),
            Map.entry("tan", Math::tan),
            Map.entry("tanh", Math::tanh),
            Map.entry("atan", Math::atan),
            Map.entry("fabs", Math::abs),
            Map.entry("round", Math::rint));
    functions.forEach(
        (name, function) ->
            table.put(
                "torch." + name,
                (a, n, w) ->
                    isNumber(a, 1)
                        ? Optional.of(new Real(function.applyAsDouble(real(a.get(0)))))
                        : Optional.empty()));
    table.put("torch.floor", (a, n, w) -> whole(a, Math::floor));
    table.put("torch.ceil", (a, n, w) -> whole(a, Math::ceil));
    table.put("torch.trunc", (a, n, w) -> whole(a, NumberOperators::truncated));
  }

  private static void registerConversions(Map<String, ConcreteOperators.Body> table) {
    for (String name : List.of("int", "torch.Int", "torch.IntImplicit")) {
      table.put(name, (a, n, w) -> toInteger(a));
    }
    for (String name : List.of("float", "torch.Float", "torch.FloatImplicit")) {
      table.put(name, (a, n, w) -> toReal(a));
    }
    for (String name :
        List.of(
            "ops.prim.NumToTensor",
            "torch.ScalarImplicit",
            "torch.Scalar",
            "torch.item",
            "torch.detach",
            "torch.alias",
            "torch.clone",
            "torch.contiguous",
            "ops.prim.data")) {
      table.put(name, (a, n, w) -> isNumber(a, 1) ? Optional.of(a.get(0)) : Optional.empty());
    }
    table.put("torch.tensor", (a, n, w) -> typed(a, n.getOrDefault("dtype", None.NONE)));
    table.put("torch.scalar_tensor", (a, n, w) -> typed(a, n.getOrDefault("dtype", None.NONE)));
    table.put("torch.to", (a, n, w) -> a.size() < 2 ? Optional.empty() : typed(a, a.get(1)));
  }

  private static void binary(
      Map<String, ConcreteOperators.Body> table, Binary operator, String... names) {
    for (String name : names) {
      table.put(name, (a, n, w) -> a.size() == 2 ? apply(operator, a) : Optional.empty());
    }
  }

  /** Adds or subtracts, with the alpha that the operators on tensors have. */
  private static Optional<Value> scaled(Binary operator, List<Value> a, Map<String, Value> named) {
    Value alpha = a.size() == 3 ? a.get(2) : named.getOrDefault("alpha", new Int(1));
    return a.size() >= 2 && a.size() <= 3 && alpha instanceof Int i && i.value() == 1
        ? apply(operator, a.subList(0, 2))
        : Optional.empty();
  }

  private static Optional<Value> divide(
      Map<String, Binary> rounded, List<Value> a, Map<String, Value> named) {
    Value rounding = named.getOrDefault("rounding_mode", None.NONE);
    if (rounding instanceof Text text && rounded.containsKey(text.value())) {
      return apply(rounded.get(text.value()), a);
    }
    if (rounding != None.NONE || !isNumber(a, 2)) {
      return Optional.empty();
    }
    if (a.get(0) instanceof BatchMultiple left && a.get(1) instanceof BatchMultiple right) {
      return Optional.of(new Real((double) left.factor() / right.factor()));
    }
    return Optional.of(new Real(real(a.get(0)) / real(a.get(1))));
  }

  private static Optional<Value> power(List<Value> a) {
    if (!isNumber(a, 2)) {
      return Optional.empty();
    }
    if (plain(a.get(0)) instanceof Int base
        && plain(a.get(1)) instanceof Int exponent
        && exponent.value() >= 0) {
      long result = 1;
      if (Math.abs(base.value()) > 1 || exponent.value() < 64) {
        for (long i = 0; i < exponent.value(); i++) { // overflows before it takes long
          result = Math.multiplyExact(result, base.value());
        }
      } else {
        result = base.value() < 0 && exponent.value() % 2 == 0 ? 1 : base.value();
      }
      return Optional.of(new Int(result));
    }
    return Optional.of(new Real(Math.pow(real(a.get(0)), real(a.get(1)))));
  }

  private static Optional<Value> extreme(Binary operator, List<Value> a, Work work)
      throws IOException {
    boolean list = a.size() == 1 && a.get(0) instanceof Sequence;
    List<Value> values = list ? ((Sequence) a.get(0)).items() : a;
    work.spend(values.size());
    if (values.size() < (list ? 1 : 2) || !values.stream().allMatch(NumberOperators::isNumber)) {
      return Optional.empty();
    }
    Value result = values.get(0);
    for (Value value : values.subList(1, values.size())) {
      result = apply(operator, List.of(result, value)).orElseThrow();
    }
    return Optional.of(result);
  }

  /** Adds the numbers of a list. */
  private static Optional<Value> sum(Binary add, List<Value> a, Work work) throws IOException {
    if (a.size() != 1 || !(a.get(0) instanceof Sequence list)) {
      return Optional.empty();
    }
    work.spend(list.items().size());
    Value sum = new Int(0);
    for (Value item : list.items()) {
      Optional<Value> next = apply(add, List.of(sum, item));
      if (next.isEmpty()) {
        return next;
      }
      sum = next.get();
    }
    return Optional.of(sum);
  }

  private static Optional<Value> absolute(List<Value> a) {
    if (!isNumber(a, 1) || a.get(0) instanceof BatchMultiple) {
      return isNumber(a, 1) ? Optional.of(a.get(0)) : Optional.empty();
    }
    return Optional.of(
        plain(a.get(0)) instanceof Int i
            ? new Int(Math.absExact(i.value()))
            : new Real(Math.abs(real(a.get(0)))));
  }

  private static Optional<Value> whole(List<Value> a, DoubleUnaryOperator rounding) {
    if (!isNumber(a, 1)) {
      return Optional.empty();
    }
    return Optional.of(
        a.get(0) instanceof Real r ? integer(rounding.applyAsDouble(r.value())) : plain(a.get(0)));
  }

  private static Optional<Value> toInteger(List<Value> a) {
    if (a.size() == 1 && a.get(0) instanceof Text text) {
      return Optional.of(new Int(Long.parseLong(text.value().strip())));
    }
    return whole(a, NumberOperators::truncated);
  }

  private static double truncated(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  private static Optional<Value> toReal(List<Value> a) {
    if (a.size() == 1 && a.get(0) instanceof Text text) {
      return Optional.of(new Real(Double.parseDouble(text.value().strip())));
    }
    return isNumber(a, 1) ? Optional.of(new Real(real(a.get(0)))) : Optional.empty();
  }

  /** Converts a number to the element type with a number in PyTorch. */
  private static Optional<Value> typed(List<Value> a, Value dtype) {
    if (a.isEmpty() || !isNumber(a.get(0))) {
      return Optional.empty();
    }
    Value number = a.get(0);
    if (!(dtype instanceof Int code) || number instanceof BatchMultiple) {
      return Optional.of(number);
    }
    return switch ((int) code.value()) {
      case 5, 7, 15 -> Optional.of(new Real(real(number)));
      case 6 -> Optional.of(new Real((float) real(number)));
      case 11 -> Optional.of(new Bool(real(number) != 0));
      default -> toInteger(List.of(number));
    };
  }

  private static Value integer(double value) {
    if (!(Math.abs(value) < 0x1p63)) {
      throw new IllegalArgumentException(value + " is no integer");
    }
    return new Int((long) value);
  }

  private static Optional<Value> rangeLength(List<Value> a) {
    long[] i = integers(a, 3);
    return Optional.of(new Int(rangeLength(i[0], i[1], i[2])));
  }

  /** Returns the number of integers in {@code range(start, end, step)}. */
  static long rangeLength(long start, long end, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("the step of a range is 0");
    }
    if (step > 0 ? start >= end : start <= end) {
      return 0;
    }
    // Differences of longs need 64 bits and no sign.
    long last =
        step > 0
            ? Long.divideUnsigned(end - start - 1, step)
            : Long.divideUnsigned(start - end - 1, -step);
    return last < 0 || last == Long.MAX_VALUE ? Long.MAX_VALUE : last + 1;
  }

  private static long[] integers(List<Value> a, int count) {
    long[] integers = new long[count];
    for (int i = 0; i < count; i++) {
      if (a.size() != count || !(a.get(i) instanceof Int value)) {
        throw new IllegalArgumentException("it takes %d known integers".formatted(count));
      }
      integers[i] = value.value();
    }
    return integers;
  }

  private static Optional<Value> apply(Binary operator, List<Value> a) {
    if (!isNumber(a, 2)) {
      return Optional.empty();
    }
    Value left = plain(a.get(0));
    Value right = plain(a.get(1));
    if (left instanceof BatchMultiple || right instanceof BatchMultiple) {
      return Optional.of(operator.batch().apply(left, right));
    } else if (left instanceof Int i && right instanceof Int j) {
      return Optional.of(new Int(operator.integers().applyAsLong(i.value(), j.value())));
    }
    return Optional.of(new Real(operator.reals().applyAsDouble(real(left), real(right))));
  }

  /** Returns the product of two numbers. */
  static Value product(Value left, Value right) {
    return apply(MULTIPLY, List.of(left, right)).orElseThrow();
  }

  private static List<Value> prepend(Value first, List<Value> rest) {
    List<Value> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private static boolean isNumber(List<Value> values, int count) {
    return values.size() == count && values.stream().allMatch(NumberOperators::isNumber);
  }

  /** Returns whether a value is a number, or a multiple of the batch. */
  static boolean isNumber(Value value) {
    return value instanceof Int
        || value instanceof Real
        || value instanceof Bool
        || value instanceof BatchMultiple;
  }

  /** Returns a number with True and False as 1 and 0. */
  static Value plain(Value number) {
    return number instanceof Bool bool ? new Int(bool.value() ? 1 : 0) : number;
  }

  /**
   * Returns a number as a real one.
   *
   * @throws IllegalArgumentException if it is a multiple of the batch
   */
  static double real(Value number) {
    Value plain = plain(number);
    if (plain instanceof Int i) {
      return i.value();
    } else if (plain instanceof Real real) {
      return real.value();
    }
    throw BatchArithmetic.forced(number);
  }
}
