package io.edgefrontier.result;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header, read record by record: RFC 4180 with either kind of line end, UTF-8
 * with or without a byte order mark, blank lines ignored.
 */
public final class CsvFile implements AutoCloseable {
  /** How every file is written: RFC 4180, so records end in CR LF. */
  static final CSVFormat FORMAT = CSVFormat.RFC4180;

  private static final CSVFormat LENIENT_LINES = FORMAT.builder().setIgnoreEmptyLines(true).get();
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path path;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final long firstByte;
  private final Map<String, Integer> indexes;
  private final String[] names;
  private int next;
  private String lastModel = "";
  private SpelledShape lastShape = new SpelledShape("", List.of());

  private CsvFile(Path path, CSVParser parser, long firstByte) throws IOException {
    this.path = path;
    this.parser = parser;
    this.firstByte = firstByte;
    this.records = parser.iterator();
    this.indexes = index(path, nextRecord().orElseThrow(() -> noHeader(path)));
    this.names = indexes.keySet().toArray(String[]::new);
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws IOException naming the file if it cannot be read, is empty or repeats a column
   */
  public static CsvFile open(Path path) throws IOException {
    InputStream stream = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      long firstByte = skipByteOrderMark(stream);
      // One char per byte: delimiters are ASCII, so UTF-8 passes through whole, a record's position
      // is its byte offset, and only fields that are not ASCII are ever decoded.
      CSVParser parser =
          CSVParser.builder()
              .setReader(new InputStreamReader(stream, StandardCharsets.ISO_8859_1))
              .setFormat(LENIENT_LINES)
              .get();
      return new CsvFile(path, parser, firstByte);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static long skipByteOrderMark(InputStream stream) throws IOException {
    stream.mark(BYTE_ORDER_MARK.length);
    if (Arrays.equals(stream.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      return BYTE_ORDER_MARK.length;
    }
    stream.reset();
    return 0;
  }

  private static Map<String, Integer> index(Path path, CSVRecord header) throws IOException {
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (String field : header) {
      // Interned, it is the very string that the code asks for, a million times.
      String name = utf8(field).strip().intern();
      if (indexes.put(name, indexes.size()) != null) {
        throw new IOException("%s: header has column '%s' twice".formatted(path, name));
      }
    }
    return indexes;
  }

  private static IOException noHeader(Path path) {
    return new IOException(path + ": is empty, expected a header of column names");
  }

  /** Returns the names in the header, in file order. */
  public List<String> columns() {
    return List.copyOf(indexes.keySet());
  }

  /** Returns whether the header has this column. */
  public boolean has(String column) {
    return indexes.containsKey(column);
  }

  /**
   * Checks that the header has these columns.
   *
   * @throws IOException naming those that are missing and the nearest ones that are there
   */
  public void require(Collection<String> columns) throws IOException {
    List<String> missing = new ArrayList<>();
    for (String column : columns) {
      if (!has(column)) {
        missing.add(
            "no column '%s'%s"
                .formatted(
                    column,
                    NearestName.of(column, indexes.keySet())
                        .map(" (nearest: '%s')"::formatted)
                        .orElse("")));
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          "%s: %s; columns found: %s"
              .formatted(path, String.join(", ", missing), String.join(", ", indexes.keySet())));
    }
  }

  /**
   * Reads the next record.
   *
   * @return empty at the end of the file
   * @throws IOException naming file and record if it is malformed or not as wide as the header
   */
  public Optional<CsvRow> next() throws IOException {
    Optional<CSVRecord> read = nextRecord();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    CSVRecord found = read.get();
    if (found.size() != indexes.size()) {
      throw new IOException(
          "%s: record %s (line %s) has %s fields, the header has %s"
              .formatted(
                  path,
                  found.getRecordNumber() - 1,
                  parser.getCurrentLineNumber(),
                  found.size(),
                  indexes.size()));
    }
    return Optional.of(new CsvRow(this, found));
  }

  private Optional<CSVRecord> nextRecord() throws IOException {
    try {
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw new IOException("%s: not CSV: %s".formatted(path, e.getCause().getMessage()), e);
    }
  }

  Path path() {
    return path;
  }

  /** Returns the field's place in a record, or -1; quickest for the column behind the last one. */
  int indexOf(String column) {
    if (next < names.length && names[next].equals(column)) {
      return next++;
    }
    int index = indexes.getOrDefault(column, -1);
    next = (index + 1) % names.length;
    return index;
  }

  /** Returns the line on which the record read last ends. */
  long line() {
    return parser.getCurrentLineNumber();
  }

  long firstByte() {
    return firstByte;
  }

  /** A shape, and how a field spells it. */
  record SpelledShape(String text, List<Integer> sizes) {}

  /** Returns the shape that the record before has; mostly it is that of the next, too. */
  SpelledShape lastShape() {
    return lastShape;
  }

  void remember(SpelledShape shape) {
    lastShape = shape;
  }

  /** Returns the name, which a million rows share rather than have a copy each. */
  String sharedModel(String name) {
    if (!lastModel.equals(name)) {
      lastModel = name;
    }
    return lastModel;
  }

  /** Turns a field whose chars are UTF-8 bytes into text. */
  static String utf8(String field) throws IOException {
    boolean ascii = true;
    for (int i = 0; i < field.length() && ascii; i++) {
      ascii = field.charAt(i) < 0x80;
    }
    if (ascii) {
      return field;
    }
    ByteBuffer bytes = ByteBuffer.wrap(field.getBytes(StandardCharsets.ISO_8859_1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("text is not UTF-8; save the file as UTF-8", e);
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
