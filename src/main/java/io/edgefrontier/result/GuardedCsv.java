package io.edgefrontier.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * CSV for spreadsheets, in which no text is a formula: one that begins as formulas do gets an
 * apostrophe before it, which spreadsheets take for "this is text". RFC 4180, UTF-8.
 */
public final class GuardedCsv {
  /** What formulas begin with in one program or another, as ASCII and in full width. */
  private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n";

  private final CsvText text = new CsvText();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a field of any text. */
  public void text(String field) {
    try {
      text.text(guarded(field));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
  }

  private static String guarded(String field) {
    String seen = field.strip();
    boolean formula =
        (!field.isEmpty() && FORMULA_STARTS.indexOf(field.charAt(0)) >= 0)
            || (!seen.isEmpty() && FORMULA_STARTS.indexOf(seen.charAt(0)) >= 0);
    return formula ? "'" + field : field;
  }

  /** Adds a number at full precision, an empty field for NaN. */
  public void number(double value) {
    text.number(value);
  }

  /** Adds {@code true} or {@code false}. */
  public void flag(boolean value) {
    text.flag(value);
  }

  /** Ends the record. */
  public void endRecord() {
    text.endRecord();
  }

  /** Returns all records. */
  @Override
  public String toString() {
    try {
      text.drainTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
