package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.CodeLibrary.LocatedClass;
import io.edgefrontier.torchscript.Interpreter.Frame;
import io.edgefrontier.torchscript.Syntax.Call;
import io.edgefrontier.torchscript.Syntax.Element;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Items;
import io.edgefrontier.torchscript.Syntax.Literal;
import io.edgefrontier.torchscript.Syntax.Member;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.Method;
import io.edgefrontier.torchscript.Value.Packed;
import io.edgefrontier.torchscript.Value.PackedAttribute;
import io.edgefrontier.torchscript.Value.Reference;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates expressions for the {@link Interpreter}, within bounds on steps and depth. */
final class Evaluator {
  private static final int MAX_DEPTH = 600;
  private static final int MAX_STEPS = 500_000;
  private static final Set<String> ROOTS =
      Set.of("torch", "ops", "__torch__", "CONSTANTS", "int", "getattr");

  private final Interpreter interpreter;
  private final CodeLibrary library;
  private final List<Value> constants;
  private final GraphBuilder graph;
  private int depth;
  private int steps;

  Evaluator(
      Interpreter interpreter, CodeLibrary library, List<Value> constants, GraphBuilder graph) {
    this.interpreter = interpreter;
    this.library = library;
    this.constants = constants;
    this.graph = graph;
  }

  /** Returns the value of an expression. */
  Value evaluate(Expression expression, Frame frame) throws IOException {
    if (++depth > MAX_DEPTH || ++steps > MAX_STEPS) {
      throw interpreter.error(frame, expression.line(), "calls nest too deep or never end");
    }
    Value value;
    if (expression instanceof Literal literal) {
      value = literal.value();
    } else if (expression instanceof Name name) {
      value = variable(name, frame);
    } else if (expression instanceof Items items) {
      value = new Sequence(evaluateAll(items.items(), frame));
    } else if (expression instanceof Member member) {
      value = member(evaluate(member.base(), frame), member.name(), member.line(), frame);
    } else if (expression instanceof Element element) {
      value = element(element, frame);
    } else if (expression instanceof Call call) {
      value = call(call, frame);
    } else {
      throw interpreter.error(frame, expression.line(), "the expression is not supported");
    }
    depth--;
    return value;
  }

  private List<Value> evaluateAll(List<Expression> expressions, Frame frame) throws IOException {
    List<Value> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(evaluate(expression, frame));
    }
    return List.copyOf(values);
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

  private Value member(Value base, String name, int line, Frame frame) throws IOException {
    if (base instanceof Instance instance) {
      return attribute(instance, name, line, frame);
    } else if (base instanceof Reference reference && reference.name().equals("CONSTANTS")) {
      int index = name.matches("c[0-9]{1,6}") ? Integer.parseInt(name.substring(1)) : -1;
      if (index < 0 || index >= constants.size()) {
        throw interpreter.error(frame, line, "there is no constant " + name);
      }
      return constants.get(index);
    } else if (base instanceof Reference reference) {
      return new Reference(reference.name() + "." + name);
    }
    throw interpreter.error(
        frame, line, "'%s' of %s is not supported".formatted(name, Value.describe(base)));
  }

  private Value attribute(Instance instance, String name, int line, Frame frame)
      throws IOException {
    if (instance.state().isPresent()) {
      Value state = instance.state().orElseThrow();
      instance.setState(Optional.empty());
      interpreter.callMethod(instance, "__setstate__", List.of(state), Map.of());
    }
    Value value = instance.attributes().get(name);
    if (value instanceof Stored stored) {
      return new Attribute(stored, instance.pathOf(name));
    } else if (value instanceof Packed packed) {
      return new PackedAttribute(packed, instance.pathOf(name));
    } else if (value != null) {
      return value;
    }
    LocatedClass type = library.classOf(instance.className());
    if (type.definition().methods().containsKey(name)) {
      return new Method(instance, name);
    }
    Expression constant = type.definition().constants().get(name);
    if (constant == null) {
      throw interpreter.error(
          frame, line, "an object of %s has no '%s'".formatted(instance.className(), name));
    }
    return evaluate(constant, new Frame(type.file(), Optional.empty(), false, new HashMap<>()));
  }

  private Value element(Element element, Frame frame) throws IOException {
    Value base = evaluate(element.base(), frame);
    Value index = evaluate(element.index(), frame);
    if (base instanceof Sequence sequence && index instanceof Int i) {
      long size = sequence.items().size();
      long position = i.value() < 0 ? i.value() + size : i.value();
      if (position >= 0 && position < size) {
        return sequence.items().get((int) position);
      }
    } else if (base instanceof Dictionary dictionary
        && index instanceof Text key
        && dictionary.items().containsKey(key.value())) {
      return dictionary.items().get(key.value());
    }
    throw interpreter.error(
        frame,
        element.line(),
        "there is no element %s of %s".formatted(Value.describe(index), Value.describe(base)));
  }

  private Value call(Call call, Frame frame) throws IOException {
    // The first argument of these is a type, which needs no value.
    if (call.function() instanceof Name name
        && (name.name().equals("annotate") || name.name().equals("unchecked_cast"))
        && call.arguments().size() == 2) {
      return evaluate(call.arguments().get(1), frame);
    }
    Value function = evaluate(call.function(), frame);
    List<Value> arguments = evaluateAll(call.arguments(), frame);
    Map<String, Value> named = new LinkedHashMap<>();
    for (Map.Entry<String, Expression> argument : call.named().entrySet()) {
      named.put(argument.getKey(), evaluate(argument.getValue(), frame));
    }
    if (function instanceof Method method) {
      return interpreter.callMethod(method.self(), method.name(), arguments, named);
    } else if (function instanceof Instance instance) {
      return interpreter.callMethod(instance, "forward", arguments, named);
    } else if (function instanceof Reference reference) {
      return callNamed(reference.name(), arguments, named, call.line(), frame);
    }
    throw interpreter.error(frame, call.line(), Value.describe(function) + " cannot be called");
  }

  private Value callNamed(
      String name, List<Value> arguments, Map<String, Value> named, int line, Frame frame)
      throws IOException {
    if (name.startsWith("__torch__.")) {
      CodeLibrary.Located located = library.function(name);
      return interpreter.run(
          located.file(), Optional.empty(), located.function(), arguments, named);
    } else if (name.equals("getattr")) {
      if (arguments.size() == 2 && arguments.get(1) instanceof Text text) {
        return member(arguments.get(0), text.value(), line, frame);
      }
      throw interpreter.error(frame, line, "getattr takes an object and a name");
    }
    try {
      return Operators.apply(name, arguments, named, graph);
    } catch (IllegalArgumentException
        | ArithmeticException
        | IllegalStateException
        | IndexOutOfBoundsException e) {
      // What a graph refuses, or sizes beyond any that could be computed. The last two are none of
      // the errors that operators announce; an archive must not get through by one all the same.
      String problem = "%s: %s".formatted(name, e.getMessage());
      throw new IOException(interpreter.error(frame, line, problem).getMessage(), e);
    }
  }
}
