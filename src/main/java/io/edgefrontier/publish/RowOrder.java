package io.edgefrontier.publish;

import io.edgefrontier.publish.TableColumn.Figures;
import io.edgefrontier.publish.TableColumn.Words;
import io.edgefrontier.result.Cell;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order of rows: by the first run that has the cell; cells without a figure come behind those
 * with one, and failed cells last, in either direction.
 */
final class RowOrder {
  private static final Comparator<Cell> BY_CELL =
      Comparator.comparing((Cell cell) -> cell.variant().model())
          .thenComparing(Cell::batchSize)
          .thenComparing(Cell::threads)
          .thenComparing(cell -> cell.variant().pruningLevel())
          .thenComparing(cell -> cell.variant().precision());

  private final TableColumn column;
  private final boolean descending;
  private final List<Map<Cell, RowView>> runs;

  RowOrder(TableColumn column, boolean descending, List<Map<Cell, RowView>> runs) {
    this.column = column;
    this.descending = descending;
    this.runs = runs;
  }

  /** Returns the cells in the order of their rows. */
  List<Cell> sorted(Collection<Cell> cells) {
    Comparator<RowView> order =
        column instanceof Figures figures ? byFigure(figures) : byWords((Words) column);
    return cells.stream()
        .map(this::view)
        .sorted(
            Comparator.comparing(RowView::isFailed)
                .thenComparing(order)
                .thenComparing(view -> view.row().cell(), BY_CELL))
        .map(view -> view.row().cell())
        .toList();
  }

  private RowView view(Cell cell) {
    return runs.stream()
        .map(run -> Optional.ofNullable(run.get(cell)))
        .flatMap(Optional::stream)
        .min(Comparator.comparing(RowView::isFailed))
        .orElseThrow();
  }

  private Comparator<RowView> byFigure(Figures figures) {
    // NaN sorts last, whichever the direction.
    return Comparator.comparingDouble(
        view -> (descending ? -1 : 1) * figures.figure().apply(view).value());
  }

  private Comparator<RowView> byWords(Words words) {
    Comparator<RowView> ascending = Comparator.comparing(words.text());
    return Comparator.<RowView, Boolean>comparing(view -> words.text().apply(view).isEmpty())
        .thenComparing(descending ? ascending.reversed() : ascending);
  }
}
