package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The cells of a sweep: pruning levels x precisions x batch sizes of one model.
 *
 * @param threads engine threads of every cell
 */
public record Grid(
    String model,
    List<Double> pruningLevels,
    List<Precision> precisions,
    List<Integer> batchSizes,
    int threads) {
  public Grid {
    pruningLevels = distinct("pruning levels", pruningLevels);
    precisions = distinct("precisions", precisions);
    batchSizes = distinct("batch sizes", batchSizes);
  }

  /** Returns every combination: batch sizes vary slowest, precisions fastest. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int batchSize : batchSizes) {
      for (double level : pruningLevels) {
        for (Precision precision : precisions) {
          cells.add(new Cell(new Variant(model, level, precision), batchSize, threads));
        }
      }
    }
    return cells;
  }

  private static <T> List<T> distinct(String what, List<T> values) {
    if (values.isEmpty() || new HashSet<>(values).size() != values.size()) {
      throw new IllegalArgumentException(
          what + " must be neither empty nor repeated, got " + values);
    }
    return List.copyOf(values);
  }
}
