package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Lexer.Kind;
import io.edgefrontier.torchscript.Lexer.Token;
import java.util.List;

/** A position in the tokens of a file, and what a parser does there. */
final class Tokens {
  private final List<Token> tokens;
  private int position;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Passes over a comma, which may only be absent before {@code end}. */
  void separator(String end) throws SyntaxException {
    if (!accept(",") && !peek().is(end)) {
      throw unexpected("a comma or '" + end + "'");
    }
  }

  String name() throws SyntaxException {
    if (peek().kind() != Kind.NAME) {
      throw unexpected("a name");
    }
    return next().text();
  }

  void endLine() throws SyntaxException {
    if (!acceptKind(Kind.NEWLINE)) {
      throw unexpected("the end of the line");
    }
  }

  void expect(String text) throws SyntaxException {
    if (!accept(text)) {
      throw unexpected("'" + text + "'");
    }
  }

  /** Passes over a symbol or name, if it is next. */
  boolean accept(String text) {
    boolean found = peek().is(text);
    position += found ? 1 : 0;
    return found;
  }

  /** Passes over a token of a kind, if it is next. */
  boolean acceptKind(Kind kind) {
    boolean found = peek().kind() == kind;
    position += found ? 1 : 0;
    return found;
  }

  /** Returns the next token and stays before it. */
  Token peek() {
    return tokens.get(position);
  }

  /** Returns the token after the next one. */
  Token second() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  /** Passes over the next token, whatever it is. */
  Token next() throws SyntaxException {
    Token token = peek();
    if (token.kind() == Kind.END) {
      throw unexpected("more code");
    }
    position++;
    return token;
  }

  /** Returns the error that the next token deserves. */
  SyntaxException unexpected(String expected) {
    String found = peek().text().isEmpty() ? peek().kind().toString() : peek().text();
    return new SyntaxException(
        peek().line(),
        "found '%s', expected %s".formatted(ArchiveInput.printable(found), expected));
  }
}
