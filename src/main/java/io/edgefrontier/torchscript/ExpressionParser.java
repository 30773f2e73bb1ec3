package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Lexer.Kind;
import io.edgefrontier.torchscript.Lexer.Token;
import io.edgefrontier.torchscript.Syntax.Call;
import io.edgefrontier.torchscript.Syntax.Element;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Items;
import io.edgefrontier.torchscript.Syntax.Literal;
import io.edgefrontier.torchscript.Syntax.Member;
import io.edgefrontier.torchscript.Syntax.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses expressions by recursive descent. */
final class ExpressionParser {
  // More than PyTorch's printer nests, and far less than the Java stack holds.
  private static final int MAX_DEPTH = 200;

  private final Tokens in;
  private int depth;

  ExpressionParser(Tokens in) {
    this.in = in;
  }

  /** Parses an expression, or several without parentheses as a tuple. */
  Expression expressions() throws SyntaxException {
    Expression first = expression();
    if (!in.peek().is(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (in.accept(",")) {
      if (in.peek().kind() == Kind.NEWLINE || in.peek().is("=")) {
        break;
      }
      items.add(expression());
    }
    return new Items(List.copyOf(items), first.line());
  }

  /** Parses one expression. */
  Expression expression() throws SyntaxException {
    if (++depth > MAX_DEPTH) {
      throw new SyntaxException(in.peek().line(), "expressions nest deeper than " + MAX_DEPTH);
    }
    Expression expression = atom();
    int links = 0;
    while (true) {
      int line = in.peek().line();
      if (in.accept(".")) {
        expression = new Member(expression, in.name(), line);
      } else if (in.accept("(")) {
        expression = call(expression, line);
      } else if (in.accept("[")) {
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
    int line = in.peek().line();
    if (in.accept("-")) {
      return new Literal(number(in.next(), true), line);
    } else if (in.accept("(")) {
      return parenthesised(line);
    } else if (in.accept("[")) {
      return new Items(itemsUntil("]"), line);
    }
    return switch (in.peek().kind()) {
      case INTEGER, REAL -> new Literal(number(in.next(), false), line);
      case TEXT -> new Literal(new Value.Text(in.next().text()), line);
      case NAME -> named(in.next());
      default -> throw in.unexpected("an expression");
    };
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

  private static Value number(Token token, boolean negative) throws SyntaxException {
    String text = (negative ? "-" : "") + token.text();
    try {
      if (token.is("inf")) {
        return new Value.Real(Double.NEGATIVE_INFINITY);
      } else if (token.kind() == Kind.INTEGER) {
        return new Value.Int(Long.parseLong(text));
      } else if (token.kind() == Kind.REAL) {
        return new Value.Real(Double.parseDouble(text));
      }
    } catch (NumberFormatException e) {
      throw new SyntaxException(
          token.line(), "a number is out of range: " + ArchiveInput.printable(text));
    }
    throw new SyntaxException(
        token.line(), "found '%s', expected a number".formatted(ArchiveInput.printable(text)));
  }

  private Expression parenthesised(int line) throws SyntaxException {
    if (in.accept(")")) {
      return new Items(List.of(), line);
    }
    Expression first = expression();
    if (in.accept(")")) {
      return first;
    }
    in.expect(",");
    List<Expression> items = new ArrayList<>(List.of(first));
    items.addAll(itemsUntil(")"));
    return new Items(List.copyOf(items), line);
  }

  private List<Expression> itemsUntil(String end) throws SyntaxException {
    List<Expression> items = new ArrayList<>();
    while (!in.accept(end)) {
      items.add(expression());
      in.separator(end);
    }
    return List.copyOf(items);
  }

  private Expression index() throws SyntaxException {
    int line = in.peek().line();
    List<Expression> items = itemsUntil("]");
    return items.size() == 1 ? items.get(0) : new Items(items, line);
  }

  private Expression call(Expression function, int line) throws SyntaxException {
    List<Expression> arguments = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!in.accept(")")) {
      if (in.peek().kind() == Kind.NAME && in.second().is("=")) {
        String name = in.name();
        in.expect("=");
        named.put(name, expression());
      } else {
        arguments.add(expression());
      }
      in.separator(")");
    }
    return new Call(function, List.copyOf(arguments), named, line);
  }
}
