package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.CodeLibrary.LocatedClass;
import io.edgefrontier.torchscript.Syntax.Assign;
import io.edgefrontier.torchscript.Syntax.CodeFile;
import io.edgefrontier.torchscript.Syntax.Evaluate;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Function;
import io.edgefrontier.torchscript.Syntax.Member;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Syntax.Parameter;
import io.edgefrontier.torchscript.Syntax.Return;
import io.edgefrontier.torchscript.Syntax.Statement;
import io.edgefrontier.torchscript.Syntax.Unsupported;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs an archive's code on concrete Python values and symbolic tensors; operators on the latter
 * leave nodes.
 *
 * <p>Straight-line code only. The {@link Evaluator} bounds steps and depth, so that it ends
 * whatever the code says.
 */
final class Interpreter {
  /**
   * One call.
   *
   * @param file where its code stands
   * @param self whose method it is
   * @param building whether it may set the attributes of {@code self}
   * @param locals its variables
   */
  record Frame(
      CodeFile file, Optional<Instance> self, boolean building, Map<String, Value> locals) {}

  private final ArchiveInput archive;
  private final CodeLibrary library;
  private final Evaluator evaluator;
  private final GraphBuilder graph;
  private final Optional<Instance> flat;

  /**
   * @param constants what code calls CONSTANTS.c0, CONSTANTS.c1, ...
   * @param flat the object whose variables name the nodes, if the archive has such a one
   */
  Interpreter(
      ArchiveInput archive, List<Value> constants, GraphBuilder graph, Optional<Instance> flat) {
    this.archive = archive;
    this.library = new CodeLibrary(archive);
    this.graph = graph;
    this.flat = flat;
    this.evaluator = new Evaluator(this, library, constants, graph);
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

  /** Calls a method; the arguments do not include {@code self}. */
  Value callMethod(Instance self, String name, List<Value> arguments, Map<String, Value> named)
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

  /** Calls a function of {@code file}; the arguments include {@code self} if it is a method. */
  Value run(
      CodeFile file,
      Optional<Instance> self,
      Function function,
      List<Value> arguments,
      Map<String, Value> named)
      throws IOException {
    Frame frame = new Frame(file, self, function.name().equals("__setstate__"), new HashMap<>());
    bind(frame, function, arguments, named);
    for (Statement statement : function.body()) {
      if (statement instanceof Return result) {
        return evaluator.evaluate(result.value(), frame);
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
        frame.locals().put(name, evaluator.evaluate(ifAbsent, frame));
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
      evaluator.evaluate(expression.value(), frame);
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
    Value value = evaluator.evaluate(assign.value(), frame);
    List<Expression> targets = assign.targets();
    if (targets.size() == 1) {
      if (targets.get(0) instanceof Name name
          && value instanceof Symbol symbol
          && graph.size() > before // else it is another variable's value
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
        && frame.building()
        && evaluator.evaluate(member.base(), frame) instanceof Instance self) {
      self.attributes().put(member.name(), value);
    } else {
      throw error(frame, target.line(), "only __setstate__ may assign to more than variables");
    }
  }

  /** Returns the error that a line deserves. */
  IOException error(Frame frame, int line, String problem) {
    String where =
        frame.self().map(self -> self.className() + ", line ").orElse("line ") + line + ": ";
    return archive.error(frame.file().entry(), where + problem);
  }
}
