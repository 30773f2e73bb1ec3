package io.edgefrontier.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * One kind of CSV file: its columns, how a row becomes a record and a record a row.
 *
 * <p>Files are RFC 4180 (records end in CR LF), UTF-8, with {@code .} decimals, numbers at full
 * precision, {@code true} and {@code false}, and empty fields for what is absent, in any locale.
 *
 * @param <T> a row
 */
public final class CsvTable<T> {
  private final List<CsvColumn<T>> columns;
  private final Parser<T> parser;
  private final Function<T, Object> key;

  /**
   * @param key what may occur only once in a file
   */
  CsvTable(List<CsvColumn<T>> columns, Parser<T> parser, Function<T, Object> key) {
    this.columns = List.copyOf(columns);
    this.parser = parser;
    this.key = key;
  }

  /** Makes a row of a record. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(CsvRow record) throws IOException;
  }

  /** Takes rows one by one. */
  @FunctionalInterface
  public interface RowSink<T> {
    /** Takes one row. */
    void accept(T row) throws IOException;
  }

  /** Returns the names of the columns, in file order. */
  public List<String> columnNames() {
    return columns.stream().map(CsvColumn::name).toList();
  }

  /** Returns a row's fields as a file has them, by column and in file order. */
  public Map<String, String> fields(T row) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      CsvText text = new CsvText();
      append(row, text);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      text.drainTo(bytes);
      try (CSVParser parser =
          CSVParser.parse(bytes.toString(StandardCharsets.UTF_8), CsvFile.FORMAT)) {
        CSVRecord record = parser.iterator().next();
        for (int i = 0; i < columns.size(); i++) {
          fields.put(columns.get(i).name(), record.get(i));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return fields;
  }

  /** Writes a file that has these rows. */
  public void write(Path target, Iterable<T> rows) throws IOException {
    stream(
        target,
        sink -> {
          for (T row : rows) {
            sink.accept(row);
          }
        });
  }

  /** Writes a file of rows that are made one by one, so that they need not fit into memory. */
  public void stream(Path target, AtomicFile.Content<RowSink<T>> rows) throws IOException {
    AtomicFile.writeBytes(
        target,
        out -> {
          CsvText header = new CsvText();
          for (CsvColumn<T> column : columns) {
            header.text(column.name());
          }
          header.endRecord();
          header.drainTo(out);
          try (RowPipeline<T> pipeline = new RowPipeline<>(this::append, out)) {
            rows.writeTo(pipeline::accept);
            pipeline.finish();
          }
        });
  }

  private void append(T row, CsvText text) throws IOException {
    for (CsvColumn<T> column : columns) {
      column.field().append(row, text);
    }
    text.endRecord();
  }

  /**
   * Reads a whole file.
   *
   * @throws IOException as {@link #forEach}
   */
  public List<T> read(Path source) throws IOException {
    List<T> rows = new ArrayList<>();
    Map<Object, Integer> seen = new HashMap<>();
    forEach(
        source,
        (record, row) -> {
          rows.add(row);
          Integer earlier = seen.putIfAbsent(key.apply(row), rows.size());
          if (earlier != null) {
            throw record.error("repeats record %s: %s".formatted(earlier, key.apply(row)));
          }
        });
    return rows;
  }

  /**
   * Reads a file row by row, without looking for rows that occur twice. Columns that this table
   * does not know are passed over.
   *
   * @throws IOException naming file, record, column, what was found and what was expected
   */
  public void forEach(Path source, RecordSink<T> sink) throws IOException {
    try (CsvFile file = CsvFile.open(source)) {
      file.require(columns.stream().filter(CsvColumn::required).map(CsvColumn::name).toList());
      for (Optional<CsvRow> record = file.next(); record.isPresent(); record = file.next()) {
        sink.accept(record.get(), parser.parse(record.get()));
      }
    }
  }

  /** Takes rows one by one, with the record that each was made of. */
  @FunctionalInterface
  public interface RecordSink<T> {
    /** Takes one row; {@code record} is good for errors and further columns. */
    void accept(CsvRow record, T row) throws IOException;
  }
}
