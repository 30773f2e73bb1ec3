package io.edgefrontier.torchscript;

import java.util.List;
import java.util.Map;

/** The syntax tree of TorchScript code, as far as straight-line code needs it. */
final class Syntax {
  private Syntax() {}

  /** Something that has a value. */
  sealed interface Expression {
    /** Returns the line on which it begins. */
    int line();
  }

  record Literal(Value value, int line) implements Expression {}

  record Name(String name, int line) implements Expression {}

  /** {@code base.name}. */
  record Member(Expression base, String name, int line) implements Expression {}

  /** {@code base[index]}. */
  record Element(Expression base, Expression index, int line) implements Expression {}

  /** A list or a tuple. */
  record Items(List<Expression> items, int line) implements Expression {}

  record Call(
      Expression function, List<Expression> arguments, Map<String, Expression> named, int line)
      implements Expression {}

  /** Something that is done. */
  sealed interface Statement {
    /** Returns the line on which it begins. */
    int line();
  }

  /** {@code a, b = value}; a target is a name, a member or an element. */
  record Assign(List<Expression> targets, Expression value, int line) implements Statement {}

  record Return(Expression value, int line) implements Statement {}

  record Evaluate(Expression value, int line) implements Statement {}

  /** A statement that is only an error once it is reached, such as one in a dead method. */
  record Unsupported(String keyword, int line) implements Statement {}

  /**
   * A function or method.
   *
   * @param parameters their names in order, self included
   * @param defaults values of parameters that a call may leave out
   */
  record Function(
      String name,
      List<String> parameters,
      Map<String, Expression> defaults,
      List<Statement> body,
      int line) {}

  /**
   * A class.
   *
   * @param constants attributes whose value stands in the code
   */
  record ClassDefinition(
      String name, Map<String, Expression> constants, Map<String, Function> methods) {}

  /** All that one file of code defines. */
  record CodeFile(
      String entry, Map<String, ClassDefinition> classes, Map<String, Function> functions) {}
}
