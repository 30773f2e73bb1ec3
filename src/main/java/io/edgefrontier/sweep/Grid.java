package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The cells of a sweep: pruning levels x precisions x batch sizes x engine threads of one model.
 */
public record Grid(
    String model,
    List<Double> pruningLevels,
    List<Precision> precisions,
    List<Integer> batchSizes,
    List<Integer> threads) {
  public Grid {
    pruningLevels = distinct("pruning levels", pruningLevels);
    precisions = distinct("precisions", precisions);
    batchSizes = distinct("batch sizes", batchSizes);
    threads = distinct("threads", threads);
  }

  /** Returns every combination: threads vary slowest, then batch sizes; precisions fastest. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int count : threads) {
      for (int batchSize : batchSizes) {
        for (double level : pruningLevels) {
          for (Precision precision : precisions) {
            cells.add(new Cell(new Variant(model, level, precision), batchSize, count));
          }
        }
      }
    }
    return cells;
  }

  /** Returns the place of a cell in JMH's order: by batch size, precision and level, as given. */
  int place(Cell cell) {
    int place = batchSizes.indexOf(cell.batchSize());
    place = place * precisions.size() + precisions.indexOf(cell.variant().precision());
    place = place * pruningLevels.size() + pruningLevels.indexOf(cell.variant().pruningLevel());
    // JMH does not know engine threads.
    return place * threads.size() + threads.indexOf(cell.threads());
  }

  private static <T> List<T> distinct(String what, List<T> values) {
    if (values.isEmpty() || new HashSet<>(values).size() != values.size()) {
      throw new IllegalArgumentException(
          what + " must be neither empty nor repeated, got " + values);
    }
    return List.copyOf(values);
  }
}
