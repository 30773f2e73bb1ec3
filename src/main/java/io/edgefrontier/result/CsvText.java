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

  private static final int RECENT_BITS = 6;
  private static final long SPREAD = 0x9E3779B97F4A7C15L; // the golden ratio, as a fraction

  // Of this instance only: a format locks while it prints, and threads would wait for each other.
  private final CSVFormat format = CsvFile.FORMAT.builder().get();
  private final byte delimiter = (byte) format.getDelimiterString().charAt(0);
  private final byte[] recordEnd =
      format.getRecordSeparator().getBytes(StandardCharsets.ISO_8859_1);

  private byte[] bytes = new byte[1 << 10];
  private int size;
  private boolean first = true;

  // Rows repeat limits, and one figure under several names: those are copied, not spelled again.
  private final long[] recentBits = new long[1 << RECENT_BITS];
  private final int[] recentStart = new int[1 << RECENT_BITS];
  private final int[] recentLength = new int[1 << RECENT_BITS];

  /** Adds a field of any text, in quotes if it takes them. */
  void text(String field) throws IOException {
    int start = size;
    boolean atStart = first;
    begin(field.length());
    int plain = 0;
    while (plain < field.length() && isPlain(field.charAt(plain))) {
      bytes[size++] = (byte) field.charAt(plain++);
    }
    if (plain < field.length() || (atStart && field.isEmpty())) {
      size = start;
      StringBuilder quoted = new StringBuilder();
      format.print(field, quoted, atStart);
      append(quoted.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Returns whether a character surely is the same with and without the rules for quotes. */
  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** Adds a number as {@link Decimals} spells it. */
  void number(double value) {
    begin(DecimalPrinter.LONGEST);
    if (!Double.isNaN(value)) {
      append(Decimals.finite(value));
    }
  }

  private void append(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int slot = (int) ((bits * SPREAD) >>> (Long.SIZE - RECENT_BITS));
    int start = size;
    if (recentBits[slot] == bits && recentLength[slot] > 0) {
      size += recentLength[slot];
      System.arraycopy(bytes, recentStart[slot], bytes, start, recentLength[slot]);
      return;
    }
    size = DecimalPrinter.print(value, bytes, start);
    recentBits[slot] = bits;
    recentStart[slot] = start;
    recentLength[slot] = size - start;
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
    Arrays.fill(recentLength, 0);
  }
}
