package io.edgefrontier.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The text of a Markdown file with markers, between which published text is kept. Everything
 * outside of them stays as it is, byte for byte; the text between them takes the line end and the
 * indentation of its marker.
 */
public final class MarkedFile {
  private static final int MAX_BYTES = 16 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String name;
  private final String byteOrderMark;
  private final List<Line> lines;
  private final List<MarkedBlock> blocks;

  private MarkedFile(String name, String text) throws IOException {
    this.name = name;
    this.byteOrderMark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    this.lines = Line.of(text.substring(byteOrderMark.length()));
    this.blocks = MarkerParser.parse(name, lines);
  }

  /**
   * Reads a file.
   *
   * @throws IOException naming file and line if a marker is wrong or has no counterpart; naming the
   *     file if it is larger than 16 MiB, no UTF-8, or cannot be read
   */
  public static MarkedFile read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, expected a Markdown file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": larger than 16 MiB, expected a Markdown file");
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      // Not String's constructor: it would replace what is no UTF-8, and the file be damaged.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return of(file.toString(), text);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8; store it in UTF-8", e);
    }
  }

  /**
   * Reads a text.
   *
   * @param name of the file, for messages
   * @throws IOException naming file and line if a marker is wrong or has no counterpart
   */
  public static MarkedFile of(String name, String text) throws IOException {
    return new MarkedFile(name, text);
  }

  /**
   * Returns a text of one marker and nothing else.
   *
   * @param name of the file, for messages
   */
  public static MarkedFile of(String name, List<String> arguments) {
    try {
      return of(name, beginning(arguments) + "\n<!-- END:edge-frontier -->\n");
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String beginning(List<String> arguments) {
    return "<!-- BEGIN:edge-frontier " + MarkerWords.text(arguments) + " -->";
  }

  /** Returns the markers in their order. */
  public List<Marker> markers() {
    return blocks.stream().map(MarkedBlock::marker).toList();
  }

  /** Returns the whole text. */
  public String text() {
    StringBuilder text = new StringBuilder(byteOrderMark);
    lines.forEach(line -> text.append(line.text()).append(line.end()));
    return text.toString();
  }

  /**
   * Returns this file with other text between its markers. No text can end its block or begin
   * another: what would be a comment in it is escaped.
   *
   * @param texts in Markdown, one for each marker, in their order
   */
  public MarkedFile with(List<String> texts) {
    if (texts.size() != blocks.size()) {
      throw new IllegalArgumentException(
          "expected %d texts, found %d".formatted(blocks.size(), texts.size()));
    }
    StringBuilder all = new StringBuilder(byteOrderMark);
    int done = 0;
    for (int i = 0; i < texts.size(); i++) {
      MarkedBlock block = blocks.get(i);
      append(all, done, block.first());
      append(all, block, texts.get(i));
      done = block.end();
    }
    append(all, done, lines.size());
    return reread(all.toString(), markers());
  }

  private void append(StringBuilder all, int from, int to) {
    lines.subList(from, to).forEach(line -> all.append(line.text()).append(line.end()));
  }

  /** Blank lines around the text keep Markdown from taking the markers as parts of it. */
  private void append(StringBuilder all, MarkedBlock block, String text) {
    String end = lines.get(block.begin()).end();
    String blank = block.prefix().stripTrailing() + end;
    all.append(blank);
    String escaped = encodable(text.stripTrailing()).replace("<!--", "&lt;!--");
    for (Line line : Line.of(escaped)) {
      all.append(line.text().isBlank() ? blank : block.prefix() + line.text() + end);
    }
    if (!escaped.isEmpty()) {
      all.append(blank);
    }
  }

  /** Half a surrogate pair would read as something else once it is written. */
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Returns this file with other arguments in its markers, and between them what was there. */
  public MarkedFile asking(UnaryOperator<List<String>> arguments) {
    StringBuilder all = new StringBuilder(byteOrderMark);
    int done = 0;
    for (MarkedBlock block : blocks) {
      append(all, done, block.begin());
      done = block.begin();
      List<String> before = block.marker().arguments();
      List<String> after = arguments.apply(before);
      if (!after.equals(before)) {
        Line first = lines.get(block.begin());
        int start = first.text().indexOf("<!--");
        all.append(first.text(), 0, start).append(beginning(after)).append(first.end());
        done = block.first();
      }
    }
    append(all, done, lines.size());
    return reread(
        all.toString(),
        blocks.stream()
            .map(block -> new Marker(1, arguments.apply(block.marker().arguments())))
            .toList());
  }

  /** Reads a changed text and makes sure that no change has made or lost a marker. */
  private MarkedFile reread(String text, List<Marker> expected) {
    MarkedFile changed;
    try {
      changed = of(name, text);
    } catch (IOException e) {
      throw new IllegalArgumentException("the new text breaks a marker: " + e.getMessage(), e);
    }
    List<List<String>> found = changed.markers().stream().map(Marker::arguments).toList();
    if (!found.equals(expected.stream().map(Marker::arguments).toList())) {
      throw new IllegalArgumentException(name + ": the new text changes the file's markers");
    }
    return changed;
  }

  /**
   * Returns the blocks that differ from those of {@code fresh}, which has the same markers.
   *
   * @throws IllegalArgumentException if it has others
   */
  public List<StaleBlock> stale(MarkedFile fresh) {
    if (fresh.blocks.size() != blocks.size()) {
      throw new IllegalArgumentException(name + ": compared with a file of other markers");
    }
    List<StaleBlock> stale = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      difference(blocks.get(i), fresh.content(i)).ifPresent(stale::add);
    }
    return stale;
  }

  private Optional<StaleBlock> difference(MarkedBlock block, List<Line> expected) {
    List<Line> found = lines.subList(block.first(), block.end());
    for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
      String here = i < found.size() ? found.get(i).text() + found.get(i).end() : "";
      String there = i < expected.size() ? expected.get(i).text() + expected.get(i).end() : "";
      if (!here.equals(there)) {
        return Optional.of(new StaleBlock(block.marker(), block.first() + i + 1, here, there));
      }
    }
    return Optional.empty();
  }

  private List<Line> content(int i) {
    return lines.subList(blocks.get(i).first(), blocks.get(i).end());
  }
}
