package io.edgefrontier.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of sweep_errors.csv: why a cell has no figures.
 *
 * @param error what went wrong; never empty
 */
public record CellError(Cell cell, String error) {
  /** sweep_errors.csv; a cell may occur only once. */
  public static final CsvTable<CellError> TABLE =
      new CsvTable<>(columns(), CellError::parse, CellError::cell);

  public CellError {
    if (error.isBlank()) {
      throw new IllegalArgumentException(cell + ": an error needs a text");
    }
  }

  private static List<CsvColumn<CellError>> columns() {
    List<CsvColumn<CellError>> columns = new ArrayList<>(CsvColumn.ofCell(CellError::cell));
    columns.add(CsvColumn.text("error", CellError::error));
    return columns;
  }

  private static CellError parse(CsvRow row) throws IOException {
    return new CellError(row.cell(), row.requiredText("error"));
  }
}
