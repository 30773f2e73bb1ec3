package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.CodeLibrary.LocatedClass;
import io.edgefrontier.torchscript.Syntax.Assign;
import io.edgefrontier.torchscript.Syntax.Call;
import io.edgefrontier.torchscript.Syntax.CodeFile;
import io.edgefrontier.torchscript.Syntax.Element;
import io.edgefrontier.torchscript.Syntax.Evaluate;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Function;
import io.edgefrontier.torchscript.Syntax.Items;
import io.edgefrontier.torchscript.Syntax.Literal;
import io.edgefrontier.torchscript.Syntax.Member;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Syntax.Parameter;
import io.edgefrontier.torchscript.Syntax.Return;
import io.edgefrontier.torchscript.Syntax.Statement;
import io.edgefrontier.torchscript.Syntax.Unsupported;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.Method;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Packed;
import io.edgefrontier.torchscript.Value.PackedAttribute;
import io.edgefrontier.torchscript.Value.Reference;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs an archive's code on concrete Python values and symbolic tensors; operators on the latter
 * leave nodes.
 *
 * <p>Steps and depth are bounded, so that it ends whatever the code says.
 */
final class Interpreter {
  private static final int MAX_DEPTH = 600;
  private static final int MAX_STEPS = 2_000_000;
  private static final Set<String> ROOTS =
      Set.of("torch", "ops", "__torch__", "CONSTANTS", "int", "getattr");

  /** One call: where its code stands, whose method it is, its variables. */
  private record Frame(CodeFile file, Optional<Instance> self, Map<String, Value> locals) {}

  private final ArchiveInput archive;
  private final CodeLibrary library;
  private final List<Value> constants;
  private final GraphBuilder graph;
  private final Optional<Instance> flat;
  private int depth;
  private int steps;

  /**
   * @param constants what code calls CONSTANTS.c0, CONSTANTS.c1, ...
   * @param flat the object whose variables name the nodes, if the archive has such a one
   */
  Interpreter(
      ArchiveInput archive, List<Value> constants, GraphBuilder graph, Optional<Instance> flat) {
    this.archive = archive;
    this.library = new CodeLibrary(archive);
    this.constants = constants;
    this.graph = graph;
    this.flat = flat;
  }

  /**
   * Runs a module's forward method.
   *
   * @return what it returns
   * @throws IOException if the code is wrong, or does what a graph cannot hold
   */
  Value forward(Instance module, Symbol input) throws IOException {
    return callMethod(module, "forward", List.of(input), Map.of());
  }

  private Value callMethod(
      Instance self, String name, List<Value> arguments, Map<String, Value> named)
      throws IOException {
    LocatedClass type = library.classOf(self.className());
    Function method = type.definition().methods().get(name);
    if (method == null) {
      throw archive.error(
          type.file().entry(), "class %s has no method %s".formatted(self.className(), name));
    }
    List<Value> all = new ArrayList<>(List.of(self));
    all.addAll(arguments);
    return run(type.file(), Optional.of(self), method, all, named);
  }

  private Value run(
      CodeFile file,
      Optional<Instance> self,
      Function function,
      List<Value> arguments,
      Map<String, Value> named)
      throws IOException {
    Frame frame = new Frame(file, self, new HashMap<>());
    bind(frame, function, arguments, named);
    for (Statement statement : function.body()) {
      if (statement instanceof Return result) {
        return evaluate(result.value(), frame);
      }
      execute(statement, frame);
    }
    return None.NONE;
  }

  private void bind(Frame frame, Function function, List<Value> arguments, Map<String, Value> named)
      throws IOException {
    List<Parameter> parameters = function.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i).name();
      Expression ifAbsent = function.defaults().get(name);
      if (i < arguments.size()) {
        frame.locals().put(name, arguments.get(i));
      } else if (named.containsKey(name)) {
        frame.locals().put(name, named.get(name));
      } else if (ifAbsent != null) {
        frame.locals().put(name, evaluate(ifAbsent, frame));
      } else {
        throw error(
            frame,
            function.line(),
            "%s needs an argument '%s'; a network takes one tensor"
                .formatted(function.name(), name));
      }
    }
    if (arguments.size() > parameters.size()) {
      throw error(
          frame,
          function.line(),
          "%s takes %d arguments, got %d"
              .formatted(function.name(), parameters.size(), arguments.size()));
    }
  }

  private void execute(Statement statement, Frame frame) throws IOException {
    if (statement instanceof Assign assign) {
      assign(assign, frame);
    } else if (statement instanceof Evaluate expression) {
      evaluate(expression.value(), frame);
    } else if (statement instanceof Unsupported unsupported) {
      throw error(
          frame,
          statement.line(),
          "'%s' is not supported; export with torch.jit.trace, which leaves straight-line code"
              .formatted(unsupported.keyword()));
    } else {
      throw error(frame, statement.line(), "the statement is not supported");
    }
  }

  private void assign(Assign assign, Frame frame) throws IOException {
    int before = graph.size();
    Value value = evaluate(assign.value(), frame);
    List<Expression> targets = assign.targets();
    if (targets.size() == 1) {
      if (targets.get(0) instanceof Name name
          && value instanceof Symbol symbol
          && graph.size() > before
          && flat.isPresent()) {
        graph.renameLast(symbol, name.name());
      }
      put(targets.get(0), value, frame);
      return;
    }
    if (!(value instanceof Sequence sequence) || sequence.items().size() != targets.size()) {
      throw error(
          frame,
          assign.line(),
          "%d variables are given %s".formatted(targets.size(), Value.describe(value)));
    }
    for (int i = 0; i < targets.size(); i++) {
      put(targets.get(i), sequence.items().get(i), frame);
    }
  }

  private void put(Expression target, Value value, Frame frame) throws IOException {
    if (target instanceof Name name) {
      frame.locals().put(name.name(), value);
    } else if (target instanceof Member member
        && frame.locals().get("state") != null
        && evaluate(member.base(), frame) instanceof Instance self) {
      self.attributes().put(member.name(), value);
    } else {
      throw error(frame, target.line(), "only __setstate__ may assign to more than variables");
    }
  }

  private Value evaluate(Expression expression, Frame frame) throws IOException {
    if (++depth > MAX_DEPTH || ++steps > MAX_STEPS) {
      throw error(frame, expression.line(), "calls nest too deep or never end");
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
      throw error(frame, expression.line(), "the expression is not supported");
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
    throw error(frame, name.line(), "the name '%s' is not supported".formatted(name.name()));
  }

  private Value member(Value base, String name, int line, Frame frame) throws IOException {
    if (base instanceof Instance instance) {
      return attribute(instance, name, line, frame);
    } else if (base instanceof Reference reference && reference.name().equals("CONSTANTS")) {
      int index = name.matches("c[0-9]{1,6}") ? Integer.parseInt(name.substring(1)) : -1;
      if (index < 0 || index >= constants.size()) {
        throw error(frame, line, "there is no constant " + name);
      }
      return constants.get(index);
    } else if (base instanceof Reference reference) {
      return new Reference(reference.name() + "." + name);
    }
    throw error(frame, line, "'%s' of %s is not supported".formatted(name, Value.describe(base)));
  }

  private Value attribute(Instance instance, String name, int line, Frame frame)
      throws IOException {
    if (instance.state().isPresent()) {
      Value state = instance.state().orElseThrow();
      instance.setState(Optional.empty());
      callMethod(instance, "__setstate__", List.of(state), Map.of());
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
      throw error(frame, line, "an object of %s has no '%s'".formatted(instance.className(), name));
    }
    return evaluate(constant, new Frame(type.file(), Optional.empty(), new HashMap<>()));
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
    throw error(
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
      return callMethod(method.self(), method.name(), arguments, named);
    } else if (function instanceof Instance instance) {
      return callMethod(instance, "forward", arguments, named);
    } else if (function instanceof Reference reference) {
      return callNamed(reference.name(), arguments, named, call.line(), frame);
    }
    throw error(frame, call.line(), Value.describe(function) + " cannot be called");
  }

  private Value callNamed(
      String name, List<Value> arguments, Map<String, Value> named, int line, Frame frame)
      throws IOException {
    if (name.startsWith("__torch__.")) {
      CodeLibrary.Located located = library.function(name);
      return run(located.file(), Optional.empty(), located.function(), arguments, named);
    } else if (name.equals("getattr")) {
      if (arguments.size() == 2 && arguments.get(1) instanceof Text text) {
        return member(arguments.get(0), text.value(), line, frame);
      }
      throw error(frame, line, "getattr takes an object and a name");
    }
    try {
      return Operators.apply(name, arguments, named, graph);
    } catch (IllegalArgumentException | ArithmeticException e) {
      // What a graph refuses, or sizes beyond any that could be computed.
      String problem = "%s: %s".formatted(name, e.getMessage());
      throw new IOException(error(frame, line, problem).getMessage(), e);
    }
  }

  private IOException error(Frame frame, int line, String problem) {
    String where =
        frame.self().map(self -> self.className() + ", line ").orElse("line ") + line + ": ";
    return archive.error(frame.file().entry(), where + problem);
  }
}
