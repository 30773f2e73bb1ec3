package io.edgefrontier.result;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Power over time, as an external meter logged it: a CSV file with the columns {@code timestamp}
 * (seconds since 1970, or ISO 8601 with an offset; each later than the one before) and {@code
 * watts}.
 */
public final class MeterLog {
  private static final String TIMESTAMP = "timestamp";
  private static final String WATTS = "watts";
  private static final Pattern DECIMAL = Pattern.compile("[0-9]+\\.?[0-9]*");

  /** In seconds this is the year 5138, in milliseconds 1973. */
  private static final double MILLISECONDS = 1e11;

  private final String name;
  private final double[] seconds;
  private final double[] watts;

  private MeterLog(String name, double[] seconds, double[] watts) {
    this.name = name;
    this.seconds = seconds;
    this.watts = watts;
  }

  /**
   * Reads a log. Other columns are passed over.
   *
   * @throws IOException naming file, line, column, what was found and what was expected
   */
  public static MeterLog read(Path source) throws IOException {
    double[] seconds = new double[1024];
    double[] watts = new double[1024];
    int size = 0;
    try (CsvFile file = CsvFile.open(source)) {
      file.require(List.of(TIMESTAMP, WATTS));
      for (Optional<CsvRow> row = file.next(); row.isPresent(); row = file.next()) {
        if (size == seconds.length) {
          seconds = Arrays.copyOf(seconds, 2 * size);
          watts = Arrays.copyOf(watts, 2 * size);
        }
        seconds[size] = seconds(row.get());
        watts[size] = row.get().requiredNumber(WATTS);
        if (size > 0 && seconds[size] <= seconds[size - 1]) {
          throw row.get()
              .unexpected(
                  TIMESTAMP, row.get().text(TIMESTAMP), "a time after that of the record before");
        }
        size++;
      }
    }
    if (size == 0) {
      throw new IOException(source + ": has no readings, expected records below the header");
    }
    return new MeterLog(
        source.getFileName().toString(), Arrays.copyOf(seconds, size), Arrays.copyOf(watts, size));
  }

  private static double seconds(CsvRow row) throws IOException {
    String text = row.text(TIMESTAMP).strip();
    if (!DECIMAL.matcher(text).matches()) {
      return iso(row, text);
    }
    double seconds = row.requiredNumber(TIMESTAMP);
    if (seconds >= MILLISECONDS) {
      throw row.unexpected(TIMESTAMP, text, "seconds since 1970; these look like milliseconds");
    }
    return seconds;
  }

  private static double iso(CsvRow row, String text) throws IOException {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', 'T')); // pandas writes a blank
      return time.toEpochSecond() + time.getNano() * 1e-9;
    } catch (DateTimeParseException e) {
      IOException error =
          row.unexpected(
              TIMESTAMP,
              text,
              "seconds since 1970, or ISO 8601 with an offset such as 2026-01-31T12:00:00.5+01:00");
      error.initCause(e);
      throw error;
    }
  }

  /** Returns the file's name. */
  public String name() {
    return name;
  }

  /** Returns the number of readings, at least 1. */
  public int size() {
    return seconds.length;
  }

  /** Returns when a reading was taken by the meter's clock, in seconds since 1970. */
  public double seconds(int reading) {
    return seconds[reading];
  }

  /** Returns what a reading shows. */
  public double watts(int reading) {
    return watts[reading];
  }

  /** Returns the first reading at {@code time} or later; {@link #size} if there is none. */
  public int firstFrom(double time) {
    int found = Arrays.binarySearch(seconds, time);
    return found >= 0 ? found : -found - 1;
  }
}
