package io.edgefrontier.publish;

import io.edgefrontier.publish.Dimension.DisplayUnit;
import io.edgefrontier.publish.PublishedTable.Entry;
import io.edgefrontier.publish.TableColumn.Figures;
import io.edgefrontier.publish.TableColumn.Words;
import io.edgefrontier.result.Cell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The entries of one column and one run in one section: texts, and which are the best. */
final class ColumnEntries {
  private ColumnEntries() {}

  /** Returns an entry for each of the cells. */
  static Map<Cell, Entry> of(TableColumn column, List<RowView> views, DisplayUnit unit) {
    Map<Cell, Entry> entries = new HashMap<>();
    if (column instanceof Words words) {
      views.forEach(view -> entries.put(view.row().cell(), Entry.words(words.text().apply(view))));
      return entries;
    }
    Figures figures = (Figures) column;
    Figure best =
        Ties.best(
            views.stream()
                .filter(view -> view.row().accepted())
                .map(view -> telling(figures, view))
                .toList(),
            figures.better());
    for (RowView view : views) {
      Figure figure = view.isFailed() ? Figure.ABSENT : figures.figure().apply(view);
      boolean isBest = view.row().accepted() && Ties.isTie(telling(figures, view), best);
      entries.put(
          view.row().cell(),
          new Entry(text(figures.dimension(), figure.times(unit.factor())), figure, isBest));
    }
    return entries;
  }

  private static Figure telling(Figures column, RowView view) {
    Figure figure = column.figure().apply(view);
    return column.overForks() ? Ties.telling(figure, view.row().evidence().forks()) : figure;
  }

  private static String text(Dimension dimension, Figure figure) {
    if (!figure.isPresent()) {
      return "";
    }
    if (figure.hasInterval()) {
      return dimension == Dimension.SHARE ? Rounding.brackets(figure) : Rounding.plusMinus(figure);
    }
    return dimension == Dimension.COUNT
        ? Rounding.whole(figure.value())
        : Rounding.significant(figure.value());
  }
}
