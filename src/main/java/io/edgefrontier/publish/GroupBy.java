package io.edgefrontier.publish;

import io.edgefrontier.result.Cell;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the cells of one group of rows have in common. */
public enum GroupBy {
  MODEL("model", cell -> cell.variant().model()),
  PRECISION("precision", cell -> cell.variant().precision().label()),
  PRUNING_LEVEL("pruning level", cell -> Rounding.plain(cell.variant().pruningLevel())),
  BATCH_SIZE("batch size", cell -> Integer.toString(cell.batchSize())),
  THREADS("threads", cell -> Integer.toString(cell.threads()));

  private final String phrase;
  private final Function<Cell, String> value;

  GroupBy(String phrase, Function<Cell, String> value) {
    this.phrase = phrase;
    this.value = value;
  }

  /** Returns the name on the command line, such as {@code pruning_level}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what stands above the group of a cell, such as {@code precision int8}. */
  String title(Cell cell) {
    return phrase + " " + value.apply(cell);
  }

  /** Returns the order of the groups. */
  Comparator<Cell> order() {
    return switch (this) {
      case MODEL -> Comparator.comparing(cell -> cell.variant().model());
      case PRECISION -> Comparator.comparing(cell -> cell.variant().precision());
      case PRUNING_LEVEL -> Comparator.comparing(cell -> cell.variant().pruningLevel());
      case BATCH_SIZE -> Comparator.comparing(Cell::batchSize);
      case THREADS -> Comparator.comparing(Cell::threads);
    };
  }

  /**
   * Returns the grouping with this label.
   *
   * @throws IllegalArgumentException naming the choices if there is none
   */
  public static GroupBy parse(String label) {
    return Arrays.stream(values())
        .filter(by -> by.label().equals(label.strip().toLowerCase(Locale.ROOT).replace('-', '_')))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cannot group by '%s'; available: %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(GroupBy::label)
                                .collect(Collectors.joining(", ")))));
  }
}
