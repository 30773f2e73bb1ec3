package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Lexer.Kind;
import io.edgefrontier.torchscript.Lexer.Token;
import io.edgefrontier.torchscript.Syntax.Assign;
import io.edgefrontier.torchscript.Syntax.Call;
import io.edgefrontier.torchscript.Syntax.ClassDefinition;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses one file of an archive's code by recursive descent. */
final class Parser {
  // More than PyTorch's printer nests, and far less than the Java stack holds.
  private static final int MAX_DEPTH = 200;
  private static final Set<String> UNSUPPORTED =
      Set.of("if", "for", "while", "raise", "assert", "with", "del", "break", "continue", "pass");

  private final List<Token> tokens;
  private int position;
  private int depth;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Parses a file.
   *
   * @param entry name of the file, to be kept in the result
   */
  static CodeFile parse(String entry, String code) throws SyntaxException {
    return new Parser(Lexer.tokens(code)).file(entry);
  }

  private CodeFile file(String entry) throws SyntaxException {
    Map<String, ClassDefinition> classes = new LinkedHashMap<>();
    Map<String, Function> functions = new LinkedHashMap<>();
    while (peek().kind() != Kind.END) {
      if (accept("class")) {
        ClassDefinition definition = classDefinition();
        classes.put(definition.name(), definition);
      } else if (accept("def")) {
        Function function = function();
        functions.put(function.name(), function);
      } else if (peek().kind() == Kind.NEWLINE) {
        position++;
      } else {
        throw unexpected("a class or a function");
      }
    }
    return new CodeFile(entry, classes, functions);
  }

  private ClassDefinition classDefinition() throws SyntaxException {
    String name = name();
    if (accept("(")) {
      expression();
      expect(")");
    }
    expect(":");
    Map<String, Expression> constants = new LinkedHashMap<>();
    Map<String, Function> methods = new LinkedHashMap<>();
    openBlock();
    while (!acceptKind(Kind.DEDENT)) {
      if (accept("def")) {
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
    Expression target = expression();
    if (accept(":")) {
      expression();
    }
    if (accept("=")) {
      Expression value = expression();
      if (target instanceof Name name) {
        constants.put(name.name(), value);
      }
    }
    endLine();
  }

  private Function function() throws SyntaxException {
    int line = peek().line();
    String name = name();
    List<Parameter> parameters = new ArrayList<>();
    Map<String, Expression> defaults = new LinkedHashMap<>();
    expect("(");
    while (!accept(")")) {
      String parameter = name();
      String type = accept(":") ? typeName(expression()) : "Tensor";
      parameters.add(new Parameter(parameter, type));
      if (accept("=")) {
        defaults.put(parameter, expression());
      }
      separator(")");
    }
    if (accept("->")) {
      expression();
    }
    expect(":");
    return new Function(name, List.copyOf(parameters), defaults, block(), line);
  }

  private static String typeName(Expression type) {
    return type instanceof Name name ? name.name() : "";
  }

  private List<Statement> block() throws SyntaxException {
    List<Statement> statements = new ArrayList<>();
    openBlock();
    while (!acceptKind(Kind.DEDENT)) {
      statements.add(statement());
    }
    return List.copyOf(statements);
  }

  private void openBlock() throws SyntaxException {
    endLine();
    if (!acceptKind(Kind.INDENT)) {
      throw unexpected("an indented block");
    }
  }

  private Statement statement() throws SyntaxException {
    Token first = peek();
    if (first.kind() == Kind.NAME && UNSUPPORTED.contains(first.text())) {
      skipStatement();
      return new Unsupported(first.text(), first.line());
    }
    if (accept("return")) {
      Expression value =
          peek().kind() == Kind.NEWLINE
              ? new Literal(Value.None.NONE, first.line())
              : expressions();
      endLine();
      return new Return(value, first.line());
    }
    Expression value = expressions();
    if (accept(":")) { // an annotation
      expression();
    }
    if (accept("=")) {
      List<Expression> targets = value instanceof Items items ? items.items() : List.of(value);
      Statement assign = new Assign(targets, expressions(), first.line());
      endLine();
      return assign;
    }
    endLine();
    return new Evaluate(value, first.line());
  }

  /** Skips a line and the block below it, and the branches that belong to an if. */
  private void skipStatement() throws SyntaxException {
    do {
      while (!acceptKind(Kind.NEWLINE)) {
        next();
      }
      if (acceptKind(Kind.INDENT)) {
        for (int blocks = 1; blocks > 0; ) {
          Kind kind = next().kind();
          blocks += kind == Kind.INDENT ? 1 : kind == Kind.DEDENT ? -1 : 0;
        }
      }
    } while (peek().is("elif") || peek().is("else"));
  }

  /** Parses an expression, or several without parentheses as a tuple. */
  private Expression expressions() throws SyntaxException {
    Expression first = expression();
    if (!peek().is(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (accept(",")) {
      if (peek().kind() == Kind.NEWLINE || peek().is("=")) {
        break;
      }
      items.add(expression());
    }
    return new Items(List.copyOf(items), first.line());
  }

  private Expression expression() throws SyntaxException {
    if (++depth > MAX_DEPTH) {
      throw new SyntaxException(peek().line(), "expressions nest deeper than " + MAX_DEPTH);
    }
    Expression expression = atom();
    int links = 0;
    while (true) {
      int line = peek().line();
      if (accept(".")) {
        expression = new Member(expression, name(), line);
      } else if (accept("(")) {
        expression = call(expression, line);
      } else if (accept("[")) {
        expression = new Element(expression, index(), line);
      } else {
        depth--;
        return expression;
      }
      if (++links > MAX_DEPTH) { // they are evaluated by recursion too
        throw new SyntaxException(line, "an expression has over " + MAX_DEPTH + " links");
      }
    }
  }

  private Expression atom() throws SyntaxException {
    Token token = next();
    int line = token.line();
    switch (token.kind()) {
      case INTEGER, REAL -> {
        return new Literal(number(token, false), line);
      }
      case TEXT -> {
        return new Literal(new Value.Text(token.text()), line);
      }
      case NAME -> {
        return named(token);
      }
      default -> {
        if (token.is("-")) {
          return negative(line);
        } else if (token.is("(")) {
          return parenthesised(line);
        } else if (token.is("[")) {
          return new Items(itemsUntil("]"), line);
        }
        position--;
        throw unexpected("an expression");
      }
    }
  }

  private static Expression named(Token token) {
    return switch (token.text()) {
      case "None" -> new Literal(Value.None.NONE, token.line());
      case "True" -> new Literal(new Value.Bool(true), token.line());
      case "False" -> new Literal(new Value.Bool(false), token.line());
      case "inf" -> new Literal(new Value.Real(Double.POSITIVE_INFINITY), token.line());
      case "nan" -> new Literal(new Value.Real(Double.NaN), token.line());
      default -> new Name(token.text(), token.line());
    };
  }

  private Expression negative(int line) throws SyntaxException {
    Token token = next();
    if (token.is("inf")) {
      return new Literal(new Value.Real(Double.NEGATIVE_INFINITY), line);
    }
    if (token.kind() != Kind.INTEGER && token.kind() != Kind.REAL) {
      position--;
      throw unexpected("a number after the minus");
    }
    return new Literal(number(token, true), line);
  }

  private static Value number(Token token, boolean negative) throws SyntaxException {
    try {
      String text = (negative ? "-" : "") + token.text();
      return token.kind() == Kind.INTEGER
          ? new Value.Int(Long.parseLong(text))
          : new Value.Real(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new SyntaxException(
          token.line(), "a number is out of range: " + ArchiveInput.printable(token.text()));
    }
  }

  private Expression parenthesised(int line) throws SyntaxException {
    if (accept(")")) {
      return new Items(List.of(), line);
    }
    Expression first = expression();
    if (accept(")")) {
      return first;
    }
    expect(",");
    List<Expression> items = new ArrayList<>(List.of(first));
    items.addAll(itemsUntil(")"));
    return new Items(List.copyOf(items), line);
  }

  private List<Expression> itemsUntil(String end) throws SyntaxException {
    List<Expression> items = new ArrayList<>();
    while (!accept(end)) {
      items.add(expression());
      separator(end);
    }
    return List.copyOf(items);
  }

  private Expression index() throws SyntaxException {
    int line = peek().line();
    List<Expression> items = itemsUntil("]");
    return items.size() == 1 ? items.get(0) : new Items(items, line);
  }

  private Expression call(Expression function, int line) throws SyntaxException {
    List<Expression> arguments = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!accept(")")) {
      if (peek().kind() == Kind.NAME && tokens.get(position + 1).is("=")) {
        String name = name();
        expect("=");
        named.put(name, expression());
      } else {
        arguments.add(expression());
      }
      separator(")");
    }
    return new Call(function, List.copyOf(arguments), named, line);
  }

  private void separator(String end) throws SyntaxException {
    if (!accept(",") && !peek().is(end)) {
      throw unexpected("a comma or '" + end + "'");
    }
  }

  private String name() throws SyntaxException {
    if (peek().kind() != Kind.NAME) {
      throw unexpected("a name");
    }
    return next().text();
  }

  private void endLine() throws SyntaxException {
    if (!acceptKind(Kind.NEWLINE)) {
      throw unexpected("the end of the line");
    }
  }

  private void expect(String text) throws SyntaxException {
    if (!accept(text)) {
      throw unexpected("'" + text + "'");
    }
  }

  private boolean accept(String text) {
    boolean found = peek().is(text);
    position += found ? 1 : 0;
    return found;
  }

  private boolean acceptKind(Kind kind) {
    boolean found = peek().kind() == kind;
    position += found ? 1 : 0;
    return found;
  }

  private Token peek() {
    return tokens.get(position);
  }

  private Token next() throws SyntaxException {
    Token token = peek();
    if (token.kind() == Kind.END) {
      throw unexpected("more code");
    }
    position++;
    return token;
  }

  private SyntaxException unexpected(String expected) {
    String found = peek().text().isEmpty() ? peek().kind().toString() : peek().text();
    return new SyntaxException(
        peek().line(),
        "found '%s', expected %s".formatted(ArchiveInput.printable(found), expected));
  }
}
