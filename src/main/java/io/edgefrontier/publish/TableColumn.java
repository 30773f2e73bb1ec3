package io.edgefrontier.publish;

import java.util.List;
import java.util.function.Function;

/** A column that a table can have. */
sealed interface TableColumn {
  /** Returns the name in sweep_results.csv, or one in the same manner where it is not in there. */
  String name();

  /** Returns what stands in the header, without unit. */
  String title();

  /**
   * Numbers.
   *
   * @param modelled whether they were calculated rather than measured
   * @param overForks whether the interval is a bootstrap interval over the forks of the cell's
   *     latency
   * @param ends names of the columns that hold the interval, low and high; empty where there is
   *     none
   */
  record Figures(
      String name,
      String title,
      Dimension dimension,
      Better better,
      boolean modelled,
      boolean overForks,
      List<String> ends,
      Function<RowView, Figure> figure)
      implements TableColumn {
    public Figures {
      ends = List.copyOf(ends);
    }

    Figures asModelled() {
      return new Figures(name, title, dimension, better, true, overForks, ends, figure);
    }

    Figures asOverForks() {
      return new Figures(name, title, dimension, better, modelled, true, ends, figure);
    }

    /** Returns the column with an interval that stands in two more columns of the file. */
    Figures withEnds(String low, String high) {
      return new Figures(
          name,
          title,
          dimension,
          better,
          modelled,
          overForks,
          List.of(low, high),
          view -> new Figure(view.number(name), view.number(low), view.number(high)));
    }
  }

  /** Words; empty where there is nothing to say. */
  record Words(String name, String title, Function<RowView, String> text) implements TableColumn {}
}
