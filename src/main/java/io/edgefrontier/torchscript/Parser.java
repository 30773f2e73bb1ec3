package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Lexer.Kind;
import io.edgefrontier.torchscript.Lexer.Token;
import io.edgefrontier.torchscript.Syntax.Assert;
import io.edgefrontier.torchscript.Syntax.Assign;
import io.edgefrontier.torchscript.Syntax.Branch;
import io.edgefrontier.torchscript.Syntax.ClassDefinition;
import io.edgefrontier.torchscript.Syntax.CodeFile;
import io.edgefrontier.torchscript.Syntax.Evaluate;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.For;
import io.edgefrontier.torchscript.Syntax.Function;
import io.edgefrontier.torchscript.Syntax.If;
import io.edgefrontier.torchscript.Syntax.Items;
import io.edgefrontier.torchscript.Syntax.Jump;
import io.edgefrontier.torchscript.Syntax.Literal;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Syntax.Pass;
import io.edgefrontier.torchscript.Syntax.Return;
import io.edgefrontier.torchscript.Syntax.Statement;
import io.edgefrontier.torchscript.Syntax.Unsupported;
import io.edgefrontier.torchscript.Syntax.While;
import io.edgefrontier.torchscript.Syntax.With;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses one file of an archive's code: classes, functions, statements. */
final class Parser {
  private static final Set<String> UNSUPPORTED = Set.of("raise", "del");
  private static final Set<String> COMPOUND = Set.of("if", "for", "while", "with");
  private static final Set<String> SIMPLE = Set.of("return", "assert", "pass", "break", "continue");
  // More than PyTorch's printer nests, and far less than the Java stack holds.
  private static final int MAX_BLOCKS = 100;

  private final Tokens in;
  private final ExpressionParser expressions;
  private int blocks;

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
    String base = "";
    if (in.accept("(")) {
      base = in.name();
      in.expect(")");
    }
    in.expect(":");
    List<String> attributes = new ArrayList<>();
    Map<String, Expression> constants = new LinkedHashMap<>();
    Map<String, Function> methods = new LinkedHashMap<>();
    openBlock();
    while (!in.acceptKind(Kind.DEDENT)) {
      if (in.accept("def")) {
        Function method = function();
        methods.put(method.name(), method);
      } else if (in.accept("pass")) {
        in.endLine();
      } else {
        attribute(attributes, constants);
      }
    }
    return new ClassDefinition(name, base, List.copyOf(attributes), constants, methods);
  }

  /** Parses {@code name : type}, {@code name : type = value} or {@code name = value}. */
  private void attribute(List<String> attributes, Map<String, Expression> constants)
      throws SyntaxException {
    Expression target = expressions.expression();
    if (target instanceof Name name) {
      attributes.add(name.name());
    }
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
    if (++blocks > MAX_BLOCKS) {
      throw new SyntaxException(in.peek().line(), "blocks nest deeper than " + MAX_BLOCKS);
    }
    List<Statement> statements = new ArrayList<>();
    openBlock();
    while (!in.acceptKind(Kind.DEDENT)) {
      statements.add(statement());
    }
    blocks--;
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
    if (first.kind() == Kind.NAME) {
      if (UNSUPPORTED.contains(first.text())) {
        skipLine();
        return new Unsupported(first.text(), first.line());
      }
      if (COMPOUND.contains(first.text())) {
        return compound(in.next());
      }
      if (SIMPLE.contains(first.text())) {
        Statement statement = simple(in.next());
        in.endLine();
        return statement;
      }
    }
    Statement statement = assignment(first.line());
    in.endLine();
    return statement;
  }

  private Statement compound(Token keyword) throws SyntaxException {
    int line = keyword.line();
    switch (keyword.text()) {
      case "if" -> {
        return ifStatement(line);
      }
      case "while" -> {
        Expression condition = expressions.expression();
        in.expect(":");
        return new While(condition, block(), line);
      }
      case "for" -> {
        List<Expression> targets = expressions.targetsBefore("in");
        Expression items = expressions.expression();
        in.expect(":");
        return new For(targets, items, block(), line);
      }
      default -> {
        Expression context = expressions.expression();
        Optional<Expression> target =
            in.accept("as") ? Optional.of(expressions.expression()) : Optional.empty();
        in.expect(":");
        return new With(context, target, block(), line);
      }
    }
  }

  private Statement ifStatement(int line) throws SyntaxException {
    List<Branch> branches = new ArrayList<>();
    do {
      Expression condition = expressions.expression();
      in.expect(":");
      branches.add(new Branch(Optional.of(condition), block()));
    } while (in.accept("elif"));
    if (in.accept("else")) {
      in.expect(":");
      branches.add(new Branch(Optional.empty(), block()));
    }
    return new If(List.copyOf(branches), line);
  }

  private Statement simple(Token keyword) throws SyntaxException {
    int line = keyword.line();
    switch (keyword.text()) {
      case "return" -> {
        return new Return(
            in.peek().kind() == Kind.NEWLINE
                ? new Literal(Value.None.NONE, line)
                : expressions.expressions(),
            line);
      }
      case "assert" -> {
        Expression condition = expressions.expression();
        return new Assert(
            condition,
            in.accept(",") ? Optional.of(expressions.expression()) : Optional.empty(),
            line);
      }
      case "pass" -> {
        return new Pass(line);
      }
      default -> {
        return new Jump(keyword.is("break"), line);
      }
    }
  }

  private Statement assignment(int line) throws SyntaxException {
    Expression value = expressions.expressions();
    if (in.accept(":")) { // an annotation
      expressions.expression();
    }
    if (!in.accept("=")) {
      return new Evaluate(value, line);
    }
    boolean several = value instanceof Items items && !items.items().isEmpty();
    List<Expression> targets = several ? ((Items) value).items() : List.of(value);
    return new Assign(targets, several, expressions.expressions(), line);
  }

  private void skipLine() throws SyntaxException {
    while (!in.acceptKind(Kind.NEWLINE)) {
      in.next();
    }
  }
}
