package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Interpreter.Frame;
import io.edgefrontier.torchscript.Syntax.Call;
import io.edgefrontier.torchscript.Syntax.Choice;
import io.edgefrontier.torchscript.Syntax.Element;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Items;
import io.edgefrontier.torchscript.Syntax.Literal;
import io.edgefrontier.torchscript.Syntax.Logic;
import io.edgefrontier.torchscript.Syntax.Member;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Syntax.Operation;
import io.edgefrontier.torchscript.Syntax.Pairs;
import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Reference;
import io.edgefrontier.torchscript.Value.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates expressions for the {@link Interpreter}, within bounds on steps and depth. */
final class Evaluator {
  private static final int MAX_DEPTH = 600;
  // Several times what the largest scripted networks need, and less than a second's work.
  private static final long MAX_STEPS = 2_000_000;
  private static final String ENDLESS = "calls nest too deep or never end";
  private static final Set<String> ROOTS =
      Set.of(
          "torch",
          "ops",
          "__torch__",
          "CONSTANTS",
          "int",
          "float",
          "bool",
          "str",
          "len",
          "print",
          "getattr",
          "hasattr",
          "annotate",
          "unchecked_cast",
          "uninitialized",
          "isinstance",
          "min",
          "max",
          "abs",
          "range",
          "unchecked_unwrap_optional");

  private final Interpreter interpreter;
  private final Members members;
  private final Calls calls;
  private int depth;
  private long steps;
  private Frame place;
  private int placeLine;

  Evaluator(
      Interpreter interpreter,
      CodeLibrary library,
      List<Value> constants,
      StoredTensors tensors,
      GraphBuilder graph) {
    this.interpreter = interpreter;
    this.members = new Members(interpreter, this, library, constants);
    this.calls =
        new Calls(interpreter, this, library, new ConcreteOperators(tensors, this::spend), graph);
  }

  Members members() {
    return members;
  }

  Calls calls() {
    return calls;
  }

  /** Returns the value of an expression. */
  Value evaluate(Expression expression, Frame frame) throws IOException {
    enter(frame, expression.line());
    Value value;
    if (expression instanceof Literal literal) {
      value = literal.value();
    } else if (expression instanceof Name name) {
      value = variable(name, frame);
    } else if (expression instanceof Items items) {
      List<Value> values = evaluateAll(items.items(), frame);
      value = items.list() ? Sequence.list(values) : Sequence.tuple(values);
    } else if (expression instanceof Pairs pairs) {
      value = dictionary(pairs, frame);
    } else if (expression instanceof Member member) {
      value = members.get(evaluate(member.base(), frame), member.name(), member.line(), frame);
    } else if (expression instanceof Element element) {
      List<Value> both = List.of(evaluate(element.base(), frame), evaluate(element.index(), frame));
      value = calls.operator("torch.__getitem__", both, Map.of(), element.line(), frame);
    } else if (expression instanceof Call call) {
      value = calls.call(call, frame);
    } else if (expression instanceof Operation operation) {
      List<Value> operands = evaluateAll(operation.operands(), frame);
      value = calls.operator(operation.function(), operands, Map.of(), operation.line(), frame);
    } else if (expression instanceof Logic logic) {
      Value left = evaluate(logic.left(), frame);
      boolean decided = truth(left, logic.line(), frame) != logic.and();
      value = decided ? left : evaluate(logic.right(), frame);
    } else if (expression instanceof Choice choice) {
      boolean holds = holds(choice.condition(), frame);
      value = evaluate(holds ? choice.then() : choice.otherwise(), frame);
    } else {
      throw new IllegalStateException("no way to evaluate " + expression.getClass());
    }
    leave();
    return value;
  }

  /** Returns the values of expressions, in order. */
  List<Value> evaluateAll(List<Expression> expressions, Frame frame) throws IOException {
    List<Value> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(evaluate(expression, frame));
    }
    return List.copyOf(values);
  }

  /** Returns whether a condition holds. */
  boolean holds(Expression condition, Frame frame) throws IOException {
    return truth(evaluate(condition, frame), condition.line(), frame);
  }

  private boolean truth(Value value, int line, Frame frame) throws IOException {
    return calls.operator("bool", List.of(value), Map.of(), line, frame)
            instanceof Value.Bool decided
        && decided.value();
  }

  private Value dictionary(Pairs pairs, Frame frame) throws IOException {
    Map<Value, Value> items = new LinkedHashMap<>();
    for (int i = 0; i < pairs.keys().size(); i++) {
      Value key = evaluate(pairs.keys().get(i), frame);
      if (!Value.isKey(key)) {
        throw interpreter.error(
            frame, pairs.line(), Value.describe(key) + " cannot be the key of a dictionary");
      }
      items.put(key, evaluate(pairs.values().get(i), frame));
    }
    return new Dictionary(items, false);
  }

  private Value variable(Name name, Frame frame) throws IOException {
    Value value = frame.locals().get(name.name());
    if (value != null) {
      return value;
    }
    if (ROOTS.contains(name.name())) {
      return new Reference(name.name());
    }
    throw interpreter.error(
        frame, name.line(), "the name '%s' is not supported".formatted(name.name()));
  }

  /** Begins a piece of work that may nest. */
  void enter(Frame frame, int line) throws IOException {
    place = frame;
    placeLine = line;
    if (++depth > MAX_DEPTH) {
      throw interpreter.error(frame, line, ENDLESS);
    }
    spend(1);
  }

  /** Ends a piece of work that may nest. */
  void leave() {
    depth--;
  }

  /** Counts work, in pieces of bounded size. */
  void spend(long count, Frame frame, int line) throws IOException {
    if (count > MAX_STEPS - steps) {
      throw interpreter.error(frame, line, ENDLESS);
    }
    steps += count;
  }

  /** Counts work of what the newest expression or statement asks for. */
  void spend(long count) throws IOException {
    spend(count, place, placeLine);
  }
}
