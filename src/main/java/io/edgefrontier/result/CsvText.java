package io.edgefrontier.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.csv.CSVFormat;

/** Records as the bytes of a file, put together field by field. Not for use by several threads. */
final class CsvText {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  // Of this instance only: a format locks while it prints, and threads would wait for each other.
  private final CSVFormat format = CsvFile.FORMAT.builder().get();
  private final byte delimiter = (byte) format.getDelimiterString().charAt(0);
  private final byte[] recordEnd =
      format.getRecordSeparator().getBytes(StandardCharsets.ISO_8859_1);

  private byte[] bytes = new byte[1 << 10];
  private int size;
  private boolean first = true;

  /** Adds a field of any text, in quotes if it takes them. */
  void text(String field) throws IOException {
    if (!isPlain(field)) {
      StringBuilder quoted = new StringBuilder();
      format.print(field, quoted, first);
      first = false;
      append(quoted.toString().getBytes(StandardCharsets.UTF_8));
      return;
    }
    begin(field.length());
    for (int i = 0; i < field.length(); i++) {
      bytes[size++] = (byte) field.charAt(i);
    }
  }

  /** Returns whether a field is surely the same with and without the rules for quotes. */
  private boolean isPlain(String field) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return !(first && field.isEmpty());
  }

  /** Adds a number as {@link Decimals} spells it. */
  void number(double value) {
    begin(DecimalPrinter.LONGEST);
    if (!Double.isNaN(value)) {
      size = DecimalPrinter.print(Decimals.finite(value), bytes, size);
    }
  }

  void whole(long value) {
    begin(DecimalPrinter.LONGEST);
    size = DecimalPrinter.print(value, bytes, size);
  }

  void flag(boolean value) {
    begin(0);
    append(value ? TRUE : FALSE);
  }

  /** Adds an empty field that is not the first. */
  void absent() {
    begin(0);
  }

  void endRecord() {
    append(recordEnd);
    first = true;
  }

  private void begin(int length) {
    reserve(length + 1);
    if (!first) {
      bytes[size++] = delimiter;
    }
    first = false;
  }

  private void append(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** Writes the records and is then empty, to be used again. */
  void drainTo(OutputStream target) throws IOException {
    target.write(bytes, 0, size);
    size = 0;
  }
}
