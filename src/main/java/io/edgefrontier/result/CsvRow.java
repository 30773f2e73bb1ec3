package io.edgefrontier.result;

import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/**
 * One record of a CSV file, with typed fields. A column that the file does not have reads as empty;
 * {@link CsvFile#require} refuses files that lack one. Every error names file, record, line,
 * column, what was found and what was expected.
 */
public final class CsvRow {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}");

  private final CsvFile file;
  private final CSVRecord fields;

  CsvRow(CsvFile file, CSVRecord fields) {
    this.file = file;
    this.fields = fields;
  }

  /** Returns the byte offset at which this record starts, or the blank lines before it do. */
  public long start() {
    return fields.getCharacterPosition() + file.firstByte();
  }

  /** Returns a field, empty if it is absent. */
  public String text(String column) throws IOException {
    try {
      return CsvFile.utf8(field(column));
    } catch (IOException e) {
      throw new IOException(where(column) + ": " + e.getMessage(), e);
    }
  }

  /** Returns a field that must not be empty. */
  public String requiredText(String column) throws IOException {
    String text = text(column);
    if (text.isBlank()) {
      throw unexpected(column, text, "a value");
    }
    return text;
  }

  /** Returns a number, NaN if it is absent (empty or {@code NaN}). */
  public double number(String column) throws IOException {
    String text = field(column).strip();
    if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    double plain = DecimalParser.parse(text);
    if (!Double.isNaN(plain)) {
      return plain;
    }
    // parseDouble alone would also take "1f", "0x1p3" and "Infinity".
    if (!DECIMAL.matcher(text).matches()) {
      throw unexpected(column, text, "a finite decimal number such as 0.25, or nothing");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw unexpected(column, text, "a number within the range of a double");
    }
    return value;
  }

  /** Returns a number that must be there. */
  public double requiredNumber(String column) throws IOException {
    double value = number(column);
    if (Double.isNaN(value)) {
      throw unexpected(column, field(column), "a number");
    }
    return value;
  }

  /** Returns a whole number that must be there and not be negative; {@code 8.0} counts as one. */
  public long whole(String column) throws IOException {
    double value = requiredNumber(column);
    if (value < 0 || value != Math.rint(value) || value > 1L << 53) {
      throw unexpected(column, field(column), "a whole number >= 0");
    }
    return (long) value;
  }

  /** Returns a whole number, or {@code absent} if there is none. */
  public long wholeOr(String column, long absent) throws IOException {
    return field(column).isBlank() ? absent : whole(column);
  }

  /** Returns a whole number, empty if it is absent. */
  public OptionalLong optionalWhole(String column) throws IOException {
    return field(column).isBlank() ? OptionalLong.empty() : OptionalLong.of(whole(column));
  }

  /** Returns a whole number from 1 to 2^31-1 that must be there. */
  public int positive(String column) throws IOException {
    long value = whole(column);
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw unexpected(column, field(column), "a whole number from 1 to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  /** Returns {@code true} or {@code false} in any case, or empty if it is absent. */
  public Optional<Boolean> flag(String column) throws IOException {
    String text = field(column).strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean yes = text.equalsIgnoreCase("true");
    if (!yes && !text.equalsIgnoreCase("false")) {
      throw unexpected(column, text, "true or false");
    }
    return Optional.of(yes);
  }

  /** Returns a shape such as {@code 1x28x28}, empty if it is absent. */
  public List<Integer> shape(String column) throws IOException {
    String text = field(column).strip();
    if (!text.equals(file.lastShape().text())) {
      file.remember(new CsvFile.SpelledShape(text, parseShape(column, text)));
    }
    return file.lastShape().sizes();
  }

  private List<Integer> parseShape(String column, String text) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (String size : text.isEmpty() ? new String[0] : text.split("x", -1)) {
      if (!SIZE.matcher(size).matches()) {
        throw unexpected(column, text, "a shape such as 1x28x28");
      }
      sizes.add(Integer.valueOf(size));
    }
    return List.copyOf(sizes);
  }

  /** Returns the variant in the columns {@code model}, {@code pruning_level}, {@code precision}. */
  public Variant variant() throws IOException {
    return variant(file.sharedModel(requiredText("model")));
  }

  /** Returns the variant of this model in the columns {@code pruning_level}, {@code precision}. */
  Variant variant(String model) throws IOException {
    double level = requiredNumber("pruning_level") + 0.0; // -0 is level 0
    if (level < 0 || level >= 1) {
      throw unexpected("pruning_level", field("pruning_level"), "a share in [0, 1)");
    }
    return new Variant(model, level, precision());
  }

  private Precision precision() throws IOException {
    try {
      return Precision.parse(field("precision"));
    } catch (IllegalArgumentException e) {
      throw new IOException(where("precision") + ": " + e.getMessage(), e);
    }
  }

  /** Returns the variant with the columns {@code batch_size} and {@code threads}. */
  public Cell cell() throws IOException {
    return new Cell(variant(), positive("batch_size"), positive("threads"));
  }

  /** Returns an error about this record as a whole. */
  public IOException error(String message) {
    return new IOException(where() + ": " + message);
  }

  /** Returns an error about one field. */
  public IOException unexpected(String column, String found, String expected) {
    return new IOException("%s: found '%s', expected %s".formatted(where(column), found, expected));
  }

  private String where(String column) {
    return "%s, column '%s'".formatted(where(), column);
  }

  private String where() {
    // The header is the parser's first record.
    return "%s: record %s (line %s)"
        .formatted(file.path(), fields.getRecordNumber() - 1, file.line());
  }

  private String field(String column) {
    int index = file.indexOf(column);
    return index < 0 ? "" : fields.get(index);
  }
}
