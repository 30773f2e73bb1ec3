package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Lexer.Kind;
import io.edgefrontier.torchscript.Lexer.Token;
import io.edgefrontier.torchscript.Syntax.Assign;
import io.edgefrontier.torchscript.Syntax.ClassDefinition;
import io.edgefrontier.torchscript.Syntax.CodeFile;
import io.edgefrontier.torchscript.Syntax.Evaluate;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Function;
import io.edgefrontier.torchscript.Syntax.Items;
import io.edgefrontier.torchscript.Syntax.Literal;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Syntax.Return;
import io.edgefrontier.torchscript.Syntax.Statement;
import io.edgefrontier.torchscript.Syntax.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses one file of an archive's code: classes, functions, statements. */
final class Parser {
  private static final Set<String> UNSUPPORTED =
      Set.of("if", "for", "while", "raise", "assert", "with", "del", "break", "continue", "pass");

  private final Tokens in;
  private final ExpressionParser expressions;

  private Parser(Tokens in) {
    this.in = in;
    this.expressions = new ExpressionParser(in);
  }

  /**
   * Parses a file.
   *
   * @param entry name of the file, to be kept in the result
   */
  static CodeFile parse(String entry, List<Token> tokens) throws SyntaxException {
    return new Parser(new Tokens(tokens)).file(entry);
  }

  private CodeFile file(String entry) throws SyntaxException {
    Map<String, ClassDefinition> classes = new LinkedHashMap<>();
    Map<String, Function> functions = new LinkedHashMap<>();
    while (in.peek().kind() != Kind.END) {
      if (in.accept("class")) {
        ClassDefinition definition = classDefinition();
        classes.put(definition.name(), definition);
      } else if (in.accept("def")) {
        Function function = function();
        functions.put(function.name(), function);
      } else if (in.peek().kind() == Kind.NEWLINE) {
        in.next();
      } else {
        throw in.unexpected("a class or a function");
      }
    }
    return new CodeFile(entry, classes, functions);
  }

  private ClassDefinition classDefinition() throws SyntaxException {
    String name = in.name();
    if (in.accept("(")) {
      expressions.expression();
      in.expect(")");
    }
    in.expect(":");
    Map<String, Expression> constants = new LinkedHashMap<>();
    Map<String, Function> methods = new LinkedHashMap<>();
    openBlock();
    while (!in.acceptKind(Kind.DEDENT)) {
      if (in.accept("def")) {
        Function method = function();
        methods.put(method.name(), method);
      } else {
        attribute(constants);
      }
    }
    return new ClassDefinition(name, constants, methods);
  }

  /** Parses {@code name : type}, {@code name : type = value} or {@code name = value}. */
  private void attribute(Map<String, Expression> constants) throws SyntaxException {
    Expression target = expressions.expression();
    if (in.accept(":")) {
      expressions.expression();
    }
    if (in.accept("=")) {
      Expression value = expressions.expression();
      if (target instanceof Name name) {
        constants.put(name.name(), value);
      }
    }
    in.endLine();
  }

  private Function function() throws SyntaxException {
    int line = in.peek().line();
    String name = in.name();
    List<String> parameters = new ArrayList<>();
    Map<String, Expression> defaults = new LinkedHashMap<>();
    in.expect("(");
    while (!in.accept(")")) {
      String parameter = in.name();
      parameters.add(parameter);
      if (in.accept(":")) { // a type
        expressions.expression();
      }
      if (in.accept("=")) {
        defaults.put(parameter, expressions.expression());
      }
      in.separator(")");
    }
    if (in.accept("->")) {
      expressions.expression();
    }
    in.expect(":");
    return new Function(name, List.copyOf(parameters), defaults, block(), line);
  }

  private List<Statement> block() throws SyntaxException {
    List<Statement> statements = new ArrayList<>();
    openBlock();
    while (!in.acceptKind(Kind.DEDENT)) {
      statements.add(statement());
    }
    return List.copyOf(statements);
  }

  private void openBlock() throws SyntaxException {
    in.endLine();
    if (!in.acceptKind(Kind.INDENT)) {
      throw in.unexpected("an indented block");
    }
  }

  private Statement statement() throws SyntaxException {
    Token first = in.peek();
    if (first.kind() == Kind.NAME && UNSUPPORTED.contains(first.text())) {
      skipStatement();
      return new Unsupported(first.text(), first.line());
    }
    if (in.accept("return")) {
      Expression value =
          in.peek().kind() == Kind.NEWLINE
              ? new Literal(Value.None.NONE, first.line())
              : expressions.expressions();
      in.endLine();
      return new Return(value, first.line());
    }
    Expression value = expressions.expressions();
    if (in.accept(":")) { // an annotation
      expressions.expression();
    }
    if (in.accept("=")) {
      List<Expression> targets = value instanceof Items items ? items.items() : List.of(value);
      Statement assign = new Assign(targets, expressions.expressions(), first.line());
      in.endLine();
      return assign;
    }
    in.endLine();
    return new Evaluate(value, first.line());
  }

  /** Skips a line and the block below it, and the branches that belong to an if. */
  private void skipStatement() throws SyntaxException {
    do {
      while (!in.acceptKind(Kind.NEWLINE)) {
        in.next();
      }
      if (in.acceptKind(Kind.INDENT)) {
        for (int blocks = 1; blocks > 0; ) {
          Kind kind = in.next().kind();
          blocks += kind == Kind.INDENT ? 1 : kind == Kind.DEDENT ? -1 : 0;
        }
      }
    } while (in.peek().is("elif") || in.peek().is("else"));
  }
}
