package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.CodeLibrary.LocatedClass;
import io.edgefrontier.torchscript.Interpreter.Frame;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Method;
import io.edgefrontier.torchscript.Value.PackedAttribute;
import io.edgefrontier.torchscript.Value.Reference;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Stored;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands behind a dot: attributes, methods and constants of objects, parts of names. */
final class Members {
  private static final int MAX_REFERENCE = 500;

  private final Interpreter interpreter;
  private final Evaluator evaluator;
  private final CodeLibrary library;
  private final List<Value> constants;

  Members(
      Interpreter interpreter, Evaluator evaluator, CodeLibrary library, List<Value> constants) {
    this.interpreter = interpreter;
    this.evaluator = evaluator;
    this.library = library;
    this.constants = constants;
  }

  /** Returns the value of {@code base.name}. */
  Value get(Value base, String name, int line, Frame frame) throws IOException {
    if (base instanceof Instance instance) {
      return attribute(instance, name, line, frame);
    } else if (base instanceof Reference reference && reference.name().equals("CONSTANTS")) {
      return constant(name, line, frame);
    } else if (base instanceof Reference reference) {
      if (reference.name().length() + name.length() >= MAX_REFERENCE) {
        throw interpreter.error(
            frame, line, "a dotted name has over " + MAX_REFERENCE + " characters");
      }
      return new Reference(reference.name() + "." + name);
    } else if (base instanceof Sequence tuple && !tuple.className().isEmpty()) {
      int index = library.classOf(tuple.className()).definition().attributes().indexOf(name);
      if (index >= 0 && index < tuple.items().size()) {
        return tuple.items().get(index);
      }
    }
    throw interpreter.error(
        frame, line, "'%s' of %s is not supported".formatted(name, Value.describe(base)));
  }

  private Value constant(String name, int line, Frame frame) throws IOException {
    int index = name.matches("c[0-9]{1,6}") ? Integer.parseInt(name.substring(1)) : -1;
    if (index < 0 || index >= constants.size()) {
      throw interpreter.error(
          frame,
          line,
          "CONSTANTS.%s is not among the %d constants of the archive"
              .formatted(name, constants.size()));
    }
    return constants.get(index);
  }

  private Value attribute(Instance instance, String name, int line, Frame frame)
      throws IOException {
    restore(instance);
    Value value = instance.attributes().get(name);
    if (value != null) {
      return stored(instance, name, value, line, frame);
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
    return evaluator.evaluate(
        constant, new Frame(type.file(), Optional.empty(), false, new HashMap<>()));
  }

  /** Gives an object its attributes, if it was pickled as a state of its own. */
  private void restore(Instance instance) throws IOException {
    if (instance.state().isPresent()) {
      Value state = instance.state().orElseThrow();
      instance.setState(Optional.empty());
      interpreter.callMethod(instance, "__setstate__", List.of(state), Map.of());
    }
  }

  private Value stored(Instance instance, String name, Value value, int line, Frame frame)
      throws IOException {
    if (!instance.isMade() && !instance.written().contains(name)) {
      if (name.equals("training") && value instanceof Bool training && training.value()) {
        throw interpreter.error(
            frame,
            line,
            "module '%s' is in training mode; call eval() on the module before the export"
                .formatted(instance.path()));
      }
      instance.carried().add(name);
    }
    if (value instanceof Stored tensor) {
      return new Attribute(tensor, instance, name);
    }
    return Value.isPacked(value) ? new PackedAttribute(value, instance, name) : value;
  }

  /** Returns whether an object has an attribute, a method or a constant of this name. */
  boolean has(Value base, String name) throws IOException {
    if (!(base instanceof Instance instance)) {
      return false;
    }
    restore(instance);
    LocatedClass type = library.classOf(instance.className());
    return instance.attributes().containsKey(name)
        || type.definition().methods().containsKey(name)
        || type.definition().constants().containsKey(name);
  }

  /**
   * Sets an attribute.
   *
   * @throws IOException unless it is an object's, and the call has not read what a former call
   *     would have left in it: a graph keeps nothing from call to call
   */
  void set(Value base, String name, Value value, int line, Frame frame) throws IOException {
    if (!(base instanceof Instance instance)) {
      throw interpreter.error(
          frame, line, "'%s' of %s is assigned".formatted(name, Value.describe(base)));
    }
    if (!frame.building() && !instance.isMade()) {
      restore(instance);
      if (instance.carried().contains(name)) {
        throw interpreter.error(
            frame,
            line,
            "'%s' is read and then assigned; a graph keeps no state from call to call"
                .formatted(instance.pathOf(name)));
      }
      instance.written().add(name);
    }
    instance.attributes().put(name, value);
  }
}
