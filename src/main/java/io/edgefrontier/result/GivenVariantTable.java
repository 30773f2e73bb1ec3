package io.edgefrontier.result;

import io.edgefrontier.variant.GivenVariant;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table of archives made elsewhere: columns pruning_level, precision and path; optionally label.
 * The manifest of a run is one, too: its column model takes the place of label.
 */
public final class GivenVariantTable {
  private static final long MAX_BYTES = 16 << 20;
  private static final int MAX_ROWS = 10_000;
  // It becomes part of file names.
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final List<String> REQUIRED = List.of("pruning_level", "precision", "path");

  private GivenVariantTable() {}

  /**
   * Reads a table.
   *
   * @param unlabelled model of the rows without a label
   * @throws IOException naming file and line if it is missing, empty or malformed, or two rows are
   *     the same variant
   */
  public static List<GivenVariant> read(Path table, String unlabelled) throws IOException {
    requireModest(table);
    try (CsvFile file = CsvFile.open(table)) {
      requireColumns(file);
      String label = file.has("label") ? "label" : "model";
      List<GivenVariant> rows = new ArrayList<>();
      Map<Variant, Integer> seen = new HashMap<>();
      for (Optional<CsvRow> row = file.next(); row.isPresent(); row = file.next()) {
        GivenVariant given = row(row.get(), label, unlabelled);
        rows.add(given);
        Integer earlier = seen.putIfAbsent(given.variant(), rows.size());
        if (earlier != null) {
          throw row.get().error(repeats(given.variant(), earlier));
        }
        if (rows.size() > MAX_ROWS) {
          throw row.get().error("is more than %d rows; split the table".formatted(MAX_ROWS));
        }
      }
      if (rows.isEmpty()) {
        throw new IOException(
            table + ": has no row below the header (line 1), expected one per archive");
      }
      return rows;
    }
  }

  private static void requireModest(Path table) throws IOException {
    if (!Files.isRegularFile(table)) {
      throw new IOException(
          "%s: no such file; expected a table with the columns %s and optionally label"
              .formatted(table, String.join(", ", REQUIRED)));
    }
    if (Files.size(table) > MAX_BYTES) {
      throw new IOException(
          "%s: has %d bytes, at most %d are supported"
              .formatted(table, Files.size(table), MAX_BYTES));
    }
  }

  private static void requireColumns(CsvFile file) throws IOException {
    List<String> missing = REQUIRED.stream().filter(column -> !file.has(column)).toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          "%s: header (line 1) has no column '%s'; found: %s; expected: %s and optionally label"
              .formatted(
                  file.path(),
                  String.join("', '", missing),
                  String.join(", ", file.columns()),
                  String.join(", ", REQUIRED)));
    }
  }

  private static GivenVariant row(CsvRow row, String labelColumn, String unlabelled)
      throws IOException {
    String label = row.text(labelColumn).strip();
    if (!label.isEmpty() && !LABEL.matcher(label).matches()) {
      throw row.unexpected(
          labelColumn, label, "at most 64 letters, digits, '.', '_' and '-', as in qat-v2");
    }
    return new GivenVariant(
        row.variant(label.isEmpty() ? unlabelled : label), row.text("path").strip());
  }

  private static String repeats(Variant variant, int earlier) {
    return "is %s at pruning level %s of '%s', as record %d is; give each a label of its own"
        .formatted(variant.precision().label(), variant.pruningLevel(), variant.model(), earlier);
  }
}
