package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file (RFC 4180, UTF-8) with a row for each sample: numbers, and a label in the column
 * {@code label} or {@code y}, else in the last one. A first row without numbers names the columns.
 * Values are taken as they are; they go to a temporary file in binary, since text cannot be read
 * from any place.
 */
final class CsvSamples {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  private final Path file;
  private final ClassLabels labels = new ClassLabels();
  private Optional<Columns> columns = Optional.empty();

  private CsvSamples(Path file) {
    this.file = file;
  }

  /**
   * What a row consists of.
   *
   * @param count with the label
   * @param label index of the label's column
   * @param names for messages
   */
  private record Columns(int count, int label, List<String> names) {

    /** Returns the columns that a first row names; empty if it is data. */
    static Optional<Columns> named(CSVRecord first) throws IOException {
      List<String> names = first.stream().map(String::strip).toList();
      List<Integer> labels = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i).toLowerCase(Locale.ROOT);
        if (name.equals("label") || name.equals("y")) {
          labels.add(i);
        }
      }
      if (labels.isEmpty() && names.stream().anyMatch(name -> number(name).isPresent())) {
        return Optional.empty();
      }
      if (labels.size() > 1) {
        throw new IOException("expected one column called label or y, found " + labels.size());
      }
      int label = labels.isEmpty() ? names.size() - 1 : labels.get(0);
      return Optional.of(new Columns(names.size(), label, names));
    }

    static Columns unnamed(CSVRecord first) {
      return new Columns(first.size(), first.size() - 1, List.of());
    }

    String name(int column) {
      return names.isEmpty() ? String.valueOf(column + 1) : "'" + names.get(column) + "'";
    }
  }

  /**
   * Reads all rows and splits them.
   *
   * @param shape of a sample; [features] without
   * @throws IOException naming file and line if a row is malformed
   */
  static DataSplit load(String name, Path file, long seed, Optional<Shape> shape)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + ": no such file; expected CSV, a row of numbers and a label for each sample");
    }
    return StratifiedSplit.of(name, new CsvSamples(file).samples(shape), seed);
  }

  private Samples samples(Optional<Shape> shape) throws IOException {
    Path copy = Files.createTempFile("edgefrontier", ".rows");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy), 1 << 16)) {
        convert(out);
      }
      int features = columns.orElseThrow().count() - 1;
      Shape asked = shape.orElseGet(() -> Shape.of(features));
      if (asked.elements() != features) {
        throw new IllegalArgumentException(
            "input_shape: %s has %d values beside the label, found %s, which has %d"
                .formatted(file, features, asked, asked.elements()));
      }
      RowFile rows = RowFile.temporary(file.toString(), copy, 0, NpyType.FLOAT32, features);
      return new Samples(asked, labels.classes(), rows::read, labels.toArray())
          .withFurtherClasses();
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  private void convert(OutputStream out) throws IOException {
    long line = 0;
    try (RecordLimit reader = new RecordLimit(withoutMark(Files.newBufferedReader(file)));
        CSVParser parser = FORMAT.parse(reader)) {
      for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext(); ) {
        CSVRecord record = records.next();
        line = parser.getCurrentLineNumber();
        reader.recordEnded();
        convert(record, "%s: line %d".formatted(file, Math.max(line, 1)), out);
      }
    } catch (UncheckedIOException e) {
      throw unreadable(line, e.getCause());
    } catch (CharacterCodingException e) {
      throw unreadable(line, e);
    }
    if (labels.count() == 0) {
      throw new IOException(file + ": has no row of numbers, expected one for each sample");
    }
  }

  /** Passes over a byte order mark, which spreadsheets write. */
  private static Reader withoutMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private IOException unreadable(long line, IOException cause) {
    String reason = cause instanceof CharacterCodingException ? "is not UTF-8" : cause.getMessage();
    return new IOException("%s: behind line %d: %s".formatted(file, line, reason), cause);
  }

  private void convert(CSVRecord record, String where, OutputStream out) throws IOException {
    if (columns.isEmpty()) {
      columns = first(record, where);
      if (!columns.get().names().isEmpty()) {
        return;
      }
    }
    Columns known = columns.get();
    if (record.size() != known.count()) {
      throw new IOException(
          "%s: %d fields, the first row has %d".formatted(where, record.size(), known.count()));
    }
    ByteBuffer features =
        ByteBuffer.allocate(Float.BYTES * (known.count() - 1)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < known.count(); i++) {
      String text = record.get(i);
      int column = i;
      double value =
          number(text)
              .orElseThrow(
                  () ->
                      new IOException(
                          "%s, column %s: expected a number, found '%s'"
                              .formatted(where, known.name(column), text)));
      if (i == known.label()) {
        labels.add(value, where + ", column " + known.name(i));
      } else {
        features.putFloat((float) value);
      }
    }
    out.write(features.array());
  }

  private static Optional<Columns> first(CSVRecord record, String where) throws IOException {
    if (record.size() < 2) {
      throw new IOException(where + ": one field, expected features and a label");
    }
    try {
      return Optional.of(Columns.named(record).orElseGet(() -> Columns.unnamed(record)));
    } catch (IOException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }

  /** Returns a finite number; Java's suffixes, as in {@code 1f}, are none. */
  private static Optional<Double> number(String text) {
    String stripped = text.strip();
    if (!stripped.isEmpty() && "fFdD".indexOf(stripped.charAt(stripped.length() - 1)) >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Double.parseDouble(stripped)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
