package io.edgefrontier.publish;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells text from code while it is fed a Markdown file line by line: fenced code, indented code and
 * comments of several lines are not text. Block quotes and lists are followed as far as it takes to
 * know that.
 *
 * @see <a href="https://spec.commonmark.org/0.31.2/#blocks-and-inlines">CommonMark, 4 and 5</a>
 */
final class MarkdownScanner {
  private static final Pattern QUOTE = Pattern.compile(" {0,3}> ?");
  private static final Pattern ITEM =
      Pattern.compile("([-+*]|\\d{1,9}[.)])([ \t]+(?=\\S)|[ \t]*$)");
  private static final Pattern RULE = Pattern.compile("(?:(?:\\*[ \t]*){3,}|(?:-[ \t]*){3,})");
  private static final Pattern FENCE = Pattern.compile("(`{3,})[^`]*|(~{3,}).*");
  private static final String COMMENT = "<!--";
  private static final String COMMENT_END = "-->";
  private static final int CODE_INDENT = 4;

  /**
   * Where a line's text stands.
   *
   * @param prefix what each further line of the same block begins with: white space and >
   * @param content the rest
   * @param isDeep whether it is indented so far that it starts no block
   */
  record Spot(String prefix, String content, boolean isDeep) {}

  /** A block of code or a comment that goes on until it is closed or its container ends. */
  private record OpenBlock(int line, int quotes, int offset, String closing) {
    boolean isFence() {
      return !closing.equals(COMMENT_END);
    }

    boolean isClosedBy(String content, int indent) {
      if (!isFence()) {
        return content.contains(COMMENT_END);
      }
      String run = content.stripTrailing();
      return indent - offset < CODE_INDENT
          && run.startsWith(closing)
          && run.chars().allMatch(c -> c == closing.charAt(0));
    }
  }

  /** Where the text of each list item around begins, the innermost first, in columns. */
  private final Deque<Integer> items = new ArrayDeque<>();

  private Optional<OpenBlock> open = Optional.empty();
  private int line;
  private int quotes;
  private boolean afterBlank = true;
  private boolean inIndentedCode;

  /** Returns where the next line's text stands, or nothing if it is blank or no text. */
  Optional<Spot> next(String text) {
    line++;
    int start = unquote(text);
    String content = text.substring(start).stripLeading();
    int at = text.length() - content.length();
    if (content.isEmpty()) {
      afterBlank = true;
      return Optional.empty();
    }
    int indent = columns(text.substring(start, at));
    if (isWithinOpen(content, indent)) {
      afterBlank = false;
      return Optional.empty();
    }
    Optional<Spot> spot = text(text, at, indent);
    afterBlank = false;
    return spot;
  }

  /** Returns the number of the line that opened a fence not closed so far. */
  Optional<Integer> openFence() {
    return open.filter(OpenBlock::isFence).map(OpenBlock::line);
  }

  /** Takes the marks of block quotes off, of those around an open block at most as many. */
  private int unquote(String text) {
    int most = open.map(OpenBlock::quotes).orElse(Integer.MAX_VALUE);
    int start = 0;
    int depth = 0;
    Matcher quote = QUOTE.matcher(text);
    while (depth < most && quote.region(start, text.length()).lookingAt()) {
      start = quote.end();
      depth++;
    }
    if (open.isPresent() && depth < most) {
      open = Optional.empty(); // its quote has ended, and with it the block
    }
    if (depth != quotes) {
      items.clear();
      quotes = depth;
      afterBlank = true;
    }
    return start;
  }

  private boolean isWithinOpen(String content, int indent) {
    if (open.isEmpty()) {
      return false;
    }
    if (indent < open.get().offset()) {
      open = Optional.empty(); // its list item has ended
      return false;
    }
    if (open.get().isClosedBy(content, indent)) {
      open = Optional.empty();
    }
    return true;
  }

  private Optional<Spot> text(String text, int start, int startIndent) {
    int at = start;
    int indent = startIndent;
    String content = text.substring(at);
    if (afterBlank || isBlockStart(content)) { // else it may go on with an item's paragraph
      while (!items.isEmpty() && indent < items.peek()) {
        items.pop();
      }
    }
    boolean startsItem = false;
    Matcher item = ITEM.matcher(content);
    while (indent - offset() < CODE_INDENT
        && item.lookingAt()
        && !RULE.matcher(content).matches()) {
      int mark = item.end(1);
      int space = columns(item.group(2));
      items.push(indent + mark + (space < 1 || space > CODE_INDENT ? 1 : space));
      startsItem = true;
      at += item.end();
      indent += mark + space;
      content = text.substring(at);
      item = ITEM.matcher(content);
    }
    boolean isDeep = indent - offset() >= CODE_INDENT;
    inIndentedCode = isDeep && (afterBlank || inIndentedCode || startsItem);
    if (inIndentedCode) {
      return Optional.empty();
    }
    if (!isDeep && opensFence(content)) {
      return Optional.empty();
    }
    return Optional.of(new Spot(prefix(text, at), content, isDeep));
  }

  private int offset() {
    return items.isEmpty() ? 0 : items.peek();
  }

  private static boolean isBlockStart(String content) {
    return content.startsWith(COMMENT)
        || content.startsWith("#")
        || FENCE.matcher(content).matches()
        || ITEM.matcher(content).lookingAt();
  }

  /** Opens a fence or a comment; returns whether it is a fence. */
  private boolean opensFence(String content) {
    Matcher fence = FENCE.matcher(content);
    if (fence.matches()) {
      String closing = fence.group(1) == null ? fence.group(2) : fence.group(1);
      open = Optional.of(new OpenBlock(line, quotes, offset(), closing));
      return true;
    }
    if (content.startsWith(COMMENT) && !content.contains(COMMENT_END)) {
      open = Optional.of(new OpenBlock(line, quotes, offset(), COMMENT_END));
    }
    return false;
  }

  /** Returns the start of a line with blanks for the marks of list items. */
  private static String prefix(String text, int end) {
    return text.substring(0, end).replaceAll("[^ \t>]", " ");
  }

  private static int columns(String space) {
    int columns = 0;
    for (int i = 0; i < space.length(); i++) {
      columns += space.charAt(i) == '\t' ? CODE_INDENT - columns % CODE_INDENT : 1;
    }
    return columns;
  }
}
