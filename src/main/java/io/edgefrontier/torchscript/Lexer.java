package io.edgefrontier.torchscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits code into tokens, with indentation as tokens of its own. */
final class Lexer {
  /** What a token is. */
  enum Kind {
    NAME,
    INTEGER,
    REAL,
    TEXT,
    SYMBOL,
    NEWLINE,
    INDENT,
    DEDENT,
    END
  }

  /**
   * A piece of code.
   *
   * @param text as it stands, for a TEXT what it means
   */
  record Token(Kind kind, String text, int line) {
    boolean is(String symbolOrName) {
      return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrName);
    }
  }

  private static final Pattern NUMBER =
      Pattern.compile("[0-9]++(\\.[0-9]*+)?+([eE][+-]?[0-9]++)?+|\\.[0-9]++([eE][+-]?[0-9]++)?+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
  private static final Pattern SYMBOL =
      Pattern.compile("->|==|!=|<=|>=|//|\\*\\*|[-+*/%()\\[\\]{},:.=<>]");
  private static final int MAX_NAME = 1_000;
  private static final int MAX_TEXT = 10_000;
  private static final String ESCAPES = "n\nt\tr\ra\007b\bf\fv\013\\\\\"\"''";

  private final String code;
  private final int maxTokens;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
  private int position;
  private int line = 1;
  private int open;

  private Lexer(String code, int maxTokens) {
    this.code = code;
    this.maxTokens = maxTokens;
  }

  /**
   * Returns the tokens of {@code code}, END last.
   *
   * @throws SyntaxException at anything that begins no token, and if there are over {@code
   *     maxTokens}
   */
  static List<Token> tokens(String code, int maxTokens) throws SyntaxException {
    return new Lexer(code, maxTokens).run();
  }

  private List<Token> run() throws SyntaxException {
    while (position < code.length()) {
      if (open == 0 && atLineStart()) {
        indentation();
      } else {
        token();
      }
    }
    if (!atLineStart() || open > 0) {
      add(Kind.NEWLINE, "");
    }
    while (indents.pop() > 0) {
      add(Kind.DEDENT, "");
    }
    add(Kind.END, "the end");
    return tokens;
  }

  private boolean atLineStart() {
    return position == 0 || code.charAt(position - 1) == '\n';
  }

  /** Compares the next line's indentation with the open blocks; empty lines have none. */
  private void indentation() throws SyntaxException {
    int start = position;
    while (position < code.length() && code.charAt(position) == ' ') {
      position++;
    }
    int width = position - start;
    if (position == code.length() || "\r\n#".indexOf(code.charAt(position)) >= 0) {
      restOfLine();
      return;
    }
    if (width > indents.peek()) {
      indents.push(width);
      add(Kind.INDENT, "");
    }
    while (width < indents.peek()) {
      indents.pop();
      add(Kind.DEDENT, "");
    }
    if (width != indents.peek()) {
      throw new SyntaxException(line, "the indentation fits no open block");
    }
    token();
  }

  private void restOfLine() {
    while (position < code.length() && code.charAt(position) != '\n') {
      position++;
    }
    if (position < code.length()) {
      position++;
      line++;
    }
  }

  private void token() throws SyntaxException {
    char c = code.charAt(position);
    if (c == '\n') {
      if (open == 0) {
        add(Kind.NEWLINE, "");
      }
      position++;
      line++;
    } else if (c == ' ' || c == '\r' || c == '\t') {
      position++;
    } else if (c == '#') {
      while (position < code.length() && code.charAt(position) != '\n') {
        position++;
      }
    } else if (c == '"' || c == '\'') {
      add(Kind.TEXT, quoted(c));
    } else {
      word();
    }
  }

  private void word() throws SyntaxException {
    String number = match(NUMBER);
    if (!number.isEmpty()) {
      boolean whole = number.chars().allMatch(Character::isDigit);
      add(whole ? Kind.INTEGER : Kind.REAL, number);
      return;
    }
    String name = match(NAME);
    if (!name.isEmpty()) {
      add(Kind.NAME, name);
      return;
    }
    String symbol = match(SYMBOL);
    if (symbol.isEmpty()) {
      throw new SyntaxException(
          line,
          "'%s' begins nothing known"
              .formatted(ArchiveInput.printable(code.substring(position, position + 1))));
    }
    if ("([{".contains(symbol)) {
      open++;
    } else if (")]}".contains(symbol)) {
      open = Math.max(0, open - 1);
    }
    add(Kind.SYMBOL, symbol);
  }

  private String match(Pattern pattern) {
    Matcher matcher = pattern.matcher(code).region(position, code.length());
    if (!matcher.lookingAt()) {
      return "";
    }
    position = matcher.end();
    return matcher.group();
  }

  private String quoted(char quote) throws SyntaxException {
    StringBuilder text = new StringBuilder();
    position++;
    while (position < code.length() && code.charAt(position) != '\n') {
      char c = code.charAt(position++);
      if (c == quote) {
        return text.toString();
      }
      text.append(c == '\\' && position < code.length() ? escaped(code.charAt(position++)) : c);
    }
    throw new SyntaxException(line, "a text is not closed");
  }

  private static char escaped(char c) {
    for (int i = 0; i < ESCAPES.length(); i += 2) {
      if (ESCAPES.charAt(i) == c) {
        return ESCAPES.charAt(i + 1);
      }
    }
    return c;
  }

  private void add(Kind kind, String text) throws SyntaxException {
    if (tokens.size() == maxTokens) {
      throw new SyntaxException(line, "the archive has more code than a network needs");
    }
    if (text.length() > (kind == Kind.TEXT ? MAX_TEXT : MAX_NAME)) {
      throw new SyntaxException(line, "a name, number or text is too long");
    }
    tokens.add(new Token(kind, text, line));
  }
}
