package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.CodeLibrary.LocatedClass;
import io.edgefrontier.torchscript.Syntax.CodeFile;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Function;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.None;
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
 * <p>What depends on a tensor's values, or on how large the batch is, is an error that says where.
 * The {@link Evaluator} bounds steps and depth, so that it ends whatever the code says.
 */
final class Interpreter {
  /**
   * One call.
   *
   * @param file where its code stands
   * @param self whose method it is
   * @param building whether it sets the attributes of {@code self} from a pickle
   * @param locals its variables
   */
  record Frame(
      CodeFile file, Optional<Instance> self, boolean building, Map<String, Value> locals) {}

  private final ArchiveInput archive;
  private final CodeLibrary library;
  private final Evaluator evaluator;
  private final Statements statements;

  /**
   * @param constants what code calls CONSTANTS.c0, CONSTANTS.c1, ...
   * @param tensors the archive's, of which code may ask single numbers
   * @param flat whether the archive's variables name the nodes
   */
  Interpreter(
      ArchiveInput archive,
      List<Value> constants,
      StoredTensors tensors,
      GraphBuilder graph,
      boolean flat) {
    this.archive = archive;
    this.library = new CodeLibrary(archive);
    this.evaluator = new Evaluator(this, library, constants, tensors, graph);
    this.statements = new Statements(this, evaluator, graph, flat);
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
    return statements.run(function.body(), frame) instanceof Flow.Returned result
        ? result.value()
        : None.NONE;
  }

  private void bind(Frame frame, Function function, List<Value> arguments, Map<String, Value> named)
      throws IOException {
    List<String> parameters = function.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i);
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

  /** Returns the error that a line deserves. */
  IOException error(Frame frame, int line, String problem) {
    return archive.error(frame.file().entry(), where(frame, line) + ": " + problem);
  }

  /** Returns where in the archive a line stands. */
  String place(Frame frame, int line) {
    return frame.file().entry() + ": " + where(frame, line);
  }

  private static String where(Frame frame, int line) {
    return frame.self().map(self -> self.className() + ", line ").orElse("line ") + line;
  }
}
