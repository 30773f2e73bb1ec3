package io.edgefrontier.publish;

import io.edgefrontier.publish.MarkdownScanner.Spot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the markers of a Markdown file: {@code <!-- BEGIN:edge-frontier RUN OPTIONS -->}, which may
 * take several lines, and {@code <!-- END:edge-frontier -->}. Each stands alone on its line; what
 * looks like one but is not is an error rather than text that is never brought up to date.
 */
final class MarkerParser {
  private static final Pattern BEGIN = Pattern.compile("<!--\\s*BEGIN:edge-frontier(?=\\s|-->|$)");
  private static final Pattern END = Pattern.compile("<!--\\s*END:edge-frontier\\s*-->\\s*");
  private static final Pattern LIKE =
      Pattern.compile("<!--\\s*(BEGIN|END)[\\s:_-]*edge[\\s_-]*frontier", Pattern.CASE_INSENSITIVE);
  private static final String CLOSE = "-->";
  private static final String SYNTAX =
      "expected <!-- BEGIN:edge-frontier RUN OPTIONS --> or <!-- END:edge-frontier -->, alone on"
          + " its line";

  private final String name;
  private final List<Line> lines;
  private final MarkdownScanner scanner = new MarkdownScanner();
  private final List<MarkedBlock> blocks = new ArrayList<>();
  private Optional<MarkedBlock> open = Optional.empty();
  private int next;

  private MarkerParser(String name, List<Line> lines) {
    this.name = name;
    this.lines = lines;
  }

  /**
   * Returns the blocks of a file in their order.
   *
   * @param name of the file, for messages
   * @throws IOException naming file and line of a marker that is wrong or has no counterpart
   */
  static List<MarkedBlock> parse(String name, List<Line> lines) throws IOException {
    return new MarkerParser(name, lines).parse();
  }

  private List<MarkedBlock> parse() throws IOException {
    while (next < lines.size()) {
      int index = next;
      Optional<Spot> spot = advance();
      if (spot.isPresent()) {
        read(index, spot.get());
      }
    }
    if (open.isPresent()) {
      String hidden =
          scanner
              .openFence()
              .map(line -> " outside of the code that the fence in line %d begins".formatted(line))
              .orElse("");
      throw error(
          open.get().begin(),
          "this marker has no end; expected <!-- END:edge-frontier --> below it" + hidden);
    }
    return List.copyOf(blocks);
  }

  private Optional<Spot> advance() {
    return scanner.next(lines.get(next++).text());
  }

  private void read(int index, Spot spot) throws IOException {
    Matcher like = LIKE.matcher(spot.content());
    if (!like.find() || isCode(spot.content(), like.start())) {
      return;
    }
    if (like.start() > 0) {
      throw error(index, "text before a marker; " + SYNTAX);
    }
    if (spot.isDeep()) {
      throw error(
          index, "a marker indented like code; expected at most 3 spaces more than the text above");
    }
    Matcher begin = BEGIN.matcher(spot.content());
    if (begin.lookingAt()) {
      begin(index, spot, spot.content().substring(begin.end()));
    } else if (END.matcher(spot.content()).matches()) {
      end(index);
    } else {
      throw error(index, "found '%s'; %s".formatted(excerpt(spot.content()), SYNTAX));
    }
  }

  /** Returns whether the place is within backticks, as where a text tells of markers. */
  private static boolean isCode(String content, int place) {
    return content.substring(0, place).chars().filter(c -> c == '`').count() % 2 == 1;
  }

  private void begin(int index, Spot spot, String firstText) throws IOException {
    if (open.isPresent()) {
      throw error(
          index,
          "a marker within the one of line %d; expected its <!-- END:edge-frontier --> first"
              .formatted(open.get().begin() + 1));
    }
    StringBuilder text = new StringBuilder(firstText);
    while (text.indexOf(CLOSE) < 0) {
      if (next >= lines.size()) {
        throw error(index, "this marker is not closed; expected -->");
      }
      text.append('\n').append(lines.get(next).text());
      advance();
    }
    int close = text.indexOf(CLOSE);
    if (!text.substring(close + CLOSE.length()).isBlank()) {
      throw error(next - 1, "text after a marker; " + SYNTAX);
    }
    open =
        Optional.of(
            new MarkedBlock(
                marker(index, text.substring(0, close)), spot.prefix(), index, next, next));
  }

  private Marker marker(int index, String text) throws IOException {
    List<String> words;
    try {
      words = MarkerWords.of(text);
    } catch (IllegalArgumentException e) {
      throw error(index, e.getMessage());
    }
    if (words.isEmpty()) {
      throw error(index, "this marker names no run; " + SYNTAX);
    }
    return new Marker(index + 1, words);
  }

  private void end(int index) throws IOException {
    MarkedBlock begun =
        open.orElseThrow(
            () ->
                error(
                    index,
                    "an end without a beginning; expected <!-- BEGIN:edge-frontier RUN OPTIONS -->"
                        + " above it"));
    blocks.add(
        new MarkedBlock(begun.marker(), begun.prefix(), begun.begin(), begun.first(), index));
    open = Optional.empty();
  }

  private static String excerpt(String text) {
    int most = 80;
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }

  private IOException error(int index, String message) {
    return new IOException("%s:%d: %s".formatted(name, index + 1, message));
  }
}
