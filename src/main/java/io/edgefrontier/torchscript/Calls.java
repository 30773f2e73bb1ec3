package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Interpreter.Frame;
import io.edgefrontier.torchscript.Syntax.Call;
import io.edgefrontier.torchscript.Syntax.ClassDefinition;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Method;
import io.edgefrontier.torchscript.Value.Reference;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import io.edgefrontier.torchscript.Value.Uninitialized;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls for the {@link Evaluator}: methods, functions, constructors, operators. */
final class Calls {
  private final Interpreter interpreter;
  private final Evaluator evaluator;
  private final CodeLibrary library;
  private final ConcreteOperators concrete;
  private final GraphBuilder graph;

  Calls(
      Interpreter interpreter,
      Evaluator evaluator,
      CodeLibrary library,
      ConcreteOperators concrete,
      GraphBuilder graph) {
    this.interpreter = interpreter;
    this.evaluator = evaluator;
    this.library = library;
    this.concrete = concrete;
    this.graph = graph;
  }

  /** Returns what a call returns. */
  Value call(Call call, Frame frame) throws IOException {
    if (call.function() instanceof Name name && !frame.locals().containsKey(name.name())) {
      Optional<Value> value = withType(name.name(), call, frame);
      if (value.isPresent()) {
        return value.get();
      }
    }
    Value function = evaluator.evaluate(call.function(), frame);
    List<Value> arguments = evaluator.evaluateAll(call.arguments(), frame);
    Map<String, Value> named = new LinkedHashMap<>();
    for (Map.Entry<String, Expression> argument : call.named().entrySet()) {
      named.put(argument.getKey(), evaluator.evaluate(argument.getValue(), frame));
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

  /** Evaluates the functions one of whose arguments is a type, which has no value. */
  private Optional<Value> withType(String name, Call call, Frame frame) throws IOException {
    List<Expression> arguments = call.arguments();
    switch (arguments.size()) {
      case 1 -> {
        if (name.equals("uninitialized")) {
          return Optional.of(Uninitialized.VALUE);
        }
      }
      case 2 -> {
        if (name.equals("annotate") || name.equals("unchecked_cast")) {
          return Optional.of(evaluator.evaluate(arguments.get(1), frame));
        } else if (name.equals("isinstance")) {
          Value value = evaluator.evaluate(arguments.get(0), frame);
          return Optional.of(new Bool(Types.isInstance(value, arguments.get(1), evaluator::spend)));
        }
      }
      default -> {}
    }
    return Optional.empty();
  }

  private Value callNamed(
      String name, List<Value> arguments, Map<String, Value> named, int line, Frame frame)
      throws IOException {
    if (name.startsWith("__torch__.")) {
      return callCode(name, arguments, named, line, frame);
    } else if (name.equals("getattr") || name.equals("hasattr")) {
      if (arguments.size() == 2 && arguments.get(1) instanceof Text text) {
        return name.equals("getattr")
            ? evaluator.members().get(arguments.get(0), text.value(), line, frame)
            : new Bool(evaluator.members().has(arguments.get(0), text.value()));
      }
      throw interpreter.error(frame, line, name + " takes an object and a name");
    } else if (name.equals("ops.prim.RaiseException")) {
      String text = arguments.isEmpty() ? "" : TextOperators.plain(arguments.get(0));
      throw interpreter.error(
          frame, line, "the code raises an error: " + ArchiveInput.printable(text));
    }
    return operator(name, arguments, named, line, frame);
  }

  /** Calls a function of the archive, or makes an object of one of its classes. */
  private Value callCode(
      String name, List<Value> arguments, Map<String, Value> named, int line, Frame frame)
      throws IOException {
    if (name.endsWith(".__new__")) {
      return new Instance(name.substring(0, name.length() - ".__new__".length()), true);
    }
    Optional<ClassDefinition> type = library.optionalClass(name);
    if (type.isEmpty()) {
      CodeLibrary.Located located = library.function(name);
      return interpreter.run(
          located.file(), Optional.empty(), located.function(), arguments, named);
    }
    if (type.get().base().equals("NamedTuple")
        && named.isEmpty()
        && arguments.size() == type.get().attributes().size()) {
      return new Sequence(List.copyOf(arguments), Sequence.Kind.TUPLE, name);
    }
    if (!type.get().methods().containsKey("__init__")) {
      throw interpreter.error(
          frame, line, "%s is called with %d arguments".formatted(name, arguments.size()));
    }
    Instance made = new Instance(name, true);
    interpreter.callMethod(made, "__init__", arguments, named);
    return made;
  }

  /** Applies an operator: to concrete values if that is what it is given, else to tensors. */
  Value operator(
      String name, List<Value> arguments, Map<String, Value> named, int line, Frame frame)
      throws IOException {
    try {
      Optional<Value> value = concrete.apply(name, arguments, named);
      if (value.isPresent()) {
        return value.get();
      }
      Value result = ofTensors(name, arguments, named, line, frame);
      graph.listener().called(name, arguments, named, result, () -> interpreter.place(frame, line));
      return result;
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

  /** Adds an operator that the graph knows, or else the call as it is. */
  private Value ofTensors(
      String name, List<Value> arguments, Map<String, Value> named, int line, Frame frame)
      throws IOException {
    Value result = appliedOrKept(name, arguments, named, line, frame);
    boolean inPlace = name.endsWith("_") && !arguments.isEmpty() && result == arguments.get(0);
    if (inPlace && result instanceof Symbol written && graph.opaque().isPresent()) {
      graph.opaque().get().writeThrough(written, place(line, frame));
    }
    return result;
  }

  private static OpaqueCalls.Place place(int line, Frame frame) {
    return new OpaqueCalls.Place(
        frame.self().map(Instance::path).orElse(""),
        "%s, line %d".formatted(frame.file().entry(), line));
  }

  private Value appliedOrKept(
      String name, List<Value> arguments, Map<String, Value> named, int line, Frame frame)
      throws IOException {
    try {
      return Operators.apply(name, arguments, named, graph);
    } catch (IllegalArgumentException unknown) {
      if (unknown instanceof RefusedException || graph.opaque().isEmpty()) {
        throw unknown;
      }
      String reason =
          Operators.isKnown(name) ? unknown.getMessage() : "the graph has no such operator";
      try {
        return graph.opaque().get().apply(name, arguments, named, place(line, frame), reason);
      } catch (IllegalArgumentException refused) {
        throw new IllegalArgumentException(
            "%s; and it cannot be kept as it is: %s".formatted(reason, refused.getMessage()),
            refused);
      }
    }
  }
}
