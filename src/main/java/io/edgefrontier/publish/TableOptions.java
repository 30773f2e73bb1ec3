package io.edgefrontier.publish;

import java.util.List;
import java.util.Optional;

/**
 * What a table shows of its runs, and in which order.
 *
 * @param columns names as {@link ColumnCatalogue} knows them; empty for the usual ones
 * @param sort name of the column to sort by, {@code -} before it for descending; empty for latency
 * @param groupBy what cells of one group have in common; empty for one group
 * @param baseline id of a variant, or a precision, whose latency the others' is divided by; empty
 *     for no such column
 */
public record TableOptions(
    List<String> columns, String sort, Optional<GroupBy> groupBy, String baseline) {
  /** The usual columns by latency. */
  public static final TableOptions USUAL = new TableOptions(List.of(), "", Optional.empty(), "");

  public TableOptions {
    columns = List.copyOf(columns);
  }
}
