package io.edgefrontier.torchscript;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The syntax tree of TorchScript code. */
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

  /**
   * A list or a tuple.
   *
   * @param list whether it is a list, new and changeable each time
   */
  record Items(List<Expression> items, boolean list, int line) implements Expression {}

  /** {@code {key: value, ...}}. */
  record Pairs(List<Expression> keys, List<Expression> values, int line) implements Expression {}

  /** {@code left operator right}, by the name of the function that does the same. */
  record Operation(String function, List<Expression> operands, int line) implements Expression {}

  /** {@code left and right} or {@code left or right}. */
  record Logic(boolean and, Expression left, Expression right, int line) implements Expression {}

  /** {@code then if condition else otherwise}. */
  record Choice(Expression condition, Expression then, Expression otherwise, int line)
      implements Expression {}

  record Call(
      Expression function, List<Expression> arguments, Map<String, Expression> named, int line)
      implements Expression {}

  /** Something that is done. */
  sealed interface Statement {
    /** Returns the line on which it begins. */
    int line();
  }

  /**
   * {@code a, b = value}; a target is a name, a member or an element.
   *
   * @param several whether the value is taken apart, as in {@code a, = value}
   */
  record Assign(List<Expression> targets, boolean several, Expression value, int line)
      implements Statement {}

  record Return(Expression value, int line) implements Statement {}

  record Evaluate(Expression value, int line) implements Statement {}

  /** {@code if} with its {@code elif} and {@code else}; the last branch may have no condition. */
  record If(List<Branch> branches, int line) implements Statement {}

  /**
   * One branch of an {@link If}.
   *
   * @param condition empty for {@code else}
   */
  record Branch(Optional<Expression> condition, List<Statement> body) {}

  /** {@code for targets in items}. */
  record For(List<Expression> targets, Expression items, List<Statement> body, int line)
      implements Statement {}

  record While(Expression condition, List<Statement> body, int line) implements Statement {}

  /** {@code with context as target}. */
  record With(Expression context, Optional<Expression> target, List<Statement> body, int line)
      implements Statement {}

  record Assert(Expression condition, Optional<Expression> message, int line)
      implements Statement {}

  /** {@code break} or {@code continue}. */
  record Jump(boolean leave, int line) implements Statement {}

  record Pass(int line) implements Statement {}

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
   * @param base name of the class that it extends, empty if none
   * @param attributes names of the attributes that it declares, in order
   * @param constants attributes whose value stands in the code
   */
  record ClassDefinition(
      String name,
      String base,
      List<String> attributes,
      Map<String, Expression> constants,
      Map<String, Function> methods) {}

  /** All that one file of code defines. */
  record CodeFile(
      String entry, Map<String, ClassDefinition> classes, Map<String, Function> functions) {}
}
