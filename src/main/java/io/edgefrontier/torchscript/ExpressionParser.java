package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Lexer.Kind;
import io.edgefrontier.torchscript.Lexer.Token;
import io.edgefrontier.torchscript.Syntax.Call;
import io.edgefrontier.torchscript.Syntax.Choice;
import io.edgefrontier.torchscript.Syntax.Element;
import io.edgefrontier.torchscript.Syntax.Expression;
import io.edgefrontier.torchscript.Syntax.Items;
import io.edgefrontier.torchscript.Syntax.Literal;
import io.edgefrontier.torchscript.Syntax.Logic;
import io.edgefrontier.torchscript.Syntax.Member;
import io.edgefrontier.torchscript.Syntax.Name;
import io.edgefrontier.torchscript.Syntax.Operation;
import io.edgefrontier.torchscript.Syntax.Pairs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses expressions by recursive descent. */
final class ExpressionParser {
  // More than PyTorch's printer nests, and far less than the Java stack holds.
  private static final int MAX_DEPTH = 200;

  private static final int SUM = 0;
  // By how closely they bind, the loosest first.
  private static final List<Map<String, String>> ARITHMETIC =
      List.of(
          Map.of("+", "torch.add", "-", "torch.sub"),
          Map.of(
              "*", "torch.mul", "/", "torch.div", "//", "torch.floordiv", "%", "torch.remainder"));
  private static final Map<String, String> COMPARISONS =
      Map.of(
          "==", "torch.eq",
          "!=", "torch.ne",
          "<", "torch.lt",
          "<=", "torch.le",
          ">", "torch.gt",
          ">=", "torch.ge",
          "is", "torch.__is__");

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
    return new Items(List.copyOf(items), false, first.line());
  }

  /** Parses variables separated by commas, and passes over the {@code keyword} after them. */
  List<Expression> targetsBefore(String keyword) throws SyntaxException {
    List<Expression> targets = new ArrayList<>();
    do {
      targets.add(links());
    } while (in.accept(",") && !in.peek().is(keyword));
    in.expect(keyword);
    return List.copyOf(targets);
  }

  /** Parses one expression. */
  Expression expression() throws SyntaxException {
    enter();
    Expression value = or();
    if (in.peek().is("if")) {
      int line = in.next().line();
      Expression condition = or();
      in.expect("else");
      value = new Choice(condition, value, expression(), line);
    }
    depth--;
    return value;
  }

  private void enter() throws SyntaxException {
    if (++depth > MAX_DEPTH) {
      throw new SyntaxException(in.peek().line(), "expressions nest deeper than " + MAX_DEPTH);
    }
  }

  private Expression or() throws SyntaxException {
    Expression left = and();
    for (int links = 0; in.peek().is("or"); links++) {
      int line = in.next().line();
      requireFew(links, line);
      left = new Logic(false, left, and(), line);
    }
    return left;
  }

  private Expression and() throws SyntaxException {
    Expression left = not();
    for (int links = 0; in.peek().is("and"); links++) {
      int line = in.next().line();
      requireFew(links, line);
      left = new Logic(true, left, not(), line);
    }
    return left;
  }

  private Expression not() throws SyntaxException {
    int line = in.peek().line();
    if (!in.accept("not")) {
      return comparison();
    }
    enter();
    Expression value = new Operation("torch.__not__", List.of(not()), line);
    depth--;
    return value;
  }

  private Expression comparison() throws SyntaxException {
    Expression left = arithmetic(SUM);
    Token operator = in.peek();
    if (operator.is("in") || operator.is("not")) {
      in.next();
      if (operator.is("not")) {
        in.expect("in");
      }
      List<Expression> operands = List.of(arithmetic(SUM), left);
      Expression found = new Operation("torch.__contains__", operands, operator.line());
      return operator.is("in")
          ? found
          : new Operation("torch.__not__", List.of(found), operator.line());
    }
    String function = COMPARISONS.get(operator.text());
    if (operator.kind() == Kind.TEXT || function == null) {
      return left;
    }
    in.next();
    if (operator.is("is") && in.accept("not")) {
      function = "torch.__isnot__";
    }
    return new Operation(function, List.of(left, arithmetic(SUM)), operator.line());
  }

  private Expression arithmetic(int level) throws SyntaxException {
    if (level == ARITHMETIC.size()) {
      return signed();
    }
    Expression left = arithmetic(level + 1);
    for (int links = 0; in.peek().kind() == Kind.SYMBOL; links++) {
      String function = ARITHMETIC.get(level).get(in.peek().text());
      if (function == null) {
        break;
      }
      int line = in.next().line();
      requireFew(links, line);
      left = new Operation(function, List.of(left, arithmetic(level + 1)), line);
    }
    return left;
  }

  private Expression signed() throws SyntaxException {
    int line = in.peek().line();
    if (!in.accept("-")) {
      return power();
    }
    Kind next = in.peek().kind();
    boolean number = next == Kind.INTEGER || next == Kind.REAL || in.peek().is("inf");
    if (number && !in.second().is("**")) {
      return new Literal(number(in.next(), true), line);
    }
    enter();
    Expression value = new Operation("torch.neg", List.of(signed()), line);
    depth--;
    return value;
  }

  private Expression power() throws SyntaxException {
    Expression base = links();
    int line = in.peek().line();
    if (!in.accept("**")) {
      return base;
    }
    enter();
    Expression value = new Operation("torch.pow", List.of(base, signed()), line);
    depth--;
    return value;
  }

  private static void requireFew(int links, int line) throws SyntaxException {
    if (links > MAX_DEPTH) { // they are evaluated by recursion too
      throw new SyntaxException(line, "an expression has over " + MAX_DEPTH + " links");
    }
  }

  /** Parses an atom and the members, calls and elements of it. */
  private Expression links() throws SyntaxException {
    Expression expression = atom();
    for (int links = 0; ; links++) {
      int line = in.peek().line();
      requireFew(links, line);
      if (in.accept(".")) {
        expression = new Member(expression, in.name(), line);
      } else if (in.accept("(")) {
        expression = call(expression, line);
      } else if (in.accept("[")) {
        expression = new Element(expression, index(), line);
      } else {
        return expression;
      }
    }
  }

  private Expression atom() throws SyntaxException {
    int line = in.peek().line();
    if (in.accept("(")) {
      return parenthesised(line);
    } else if (in.accept("[")) {
      return new Items(itemsUntil("]"), true, line);
    } else if (in.accept("{")) {
      return pairs(line);
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
      return new Items(List.of(), false, line);
    }
    Expression first = expression();
    if (in.accept(")")) {
      return first;
    }
    in.expect(",");
    List<Expression> items = new ArrayList<>(List.of(first));
    items.addAll(itemsUntil(")"));
    return new Items(List.copyOf(items), false, line);
  }

  private Expression pairs(int line) throws SyntaxException {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!in.accept("}")) {
      keys.add(expression());
      in.expect(":");
      values.add(expression());
      in.separator("}");
    }
    return new Pairs(List.copyOf(keys), List.copyOf(values), line);
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
    return items.size() == 1 ? items.get(0) : new Items(items, false, line);
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
