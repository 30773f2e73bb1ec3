package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** The cells of a sweep: variants x batch sizes x engine threads. */
public record Grid(List<Variant> variants, List<Integer> batchSizes, List<Integer> threads) {
  public Grid {
    variants = distinct("variants", variants);
    batchSizes = distinct("batch sizes", batchSizes);
    threads = distinct("threads", threads);
  }

  /** Returns the grid of every pruning level of one model in every precision. */
  public Grid(
      String model,
      List<Double> pruningLevels,
      List<Precision> precisions,
      List<Integer> batchSizes,
      List<Integer> threads) {
    this(product(model, pruningLevels, precisions), batchSizes, threads);
  }

  private static List<Variant> product(
      String model, List<Double> pruningLevels, List<Precision> precisions) {
    List<Variant> variants = new ArrayList<>();
    for (double level : pruningLevels) {
      for (Precision precision : precisions) {
        variants.add(new Variant(model, level, precision));
      }
    }
    return variants;
  }

  /** Returns the names of the models, in the order of their first variants. */
  List<String> models() {
    return axis(Variant::model);
  }

  /** Returns the pruning levels, in the order of their first variants. */
  List<Double> pruningLevels() {
    return axis(Variant::pruningLevel);
  }

  /** Returns the precisions, in the order of their first variants. */
  public List<Precision> precisions() {
    return axis(Variant::precision);
  }

  private <T> List<T> axis(Function<Variant, T> value) {
    return variants.stream().map(value).distinct().toList();
  }

  /** Returns every combination: threads vary slowest, then batch sizes; variants fastest. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int count : threads) {
      for (int batchSize : batchSizes) {
        for (Variant variant : variants) {
          cells.add(new Cell(variant, batchSize, count));
        }
      }
    }
    return cells;
  }

  /** Returns the place of a cell in JMH's order: by batch size, model, precision and level. */
  int place(Cell cell) {
    int place = batchSizes.indexOf(cell.batchSize());
    place = place * models().size() + models().indexOf(cell.variant().model());
    place = place * precisions().size() + precisions().indexOf(cell.variant().precision());
    place = place * pruningLevels().size() + pruningLevels().indexOf(cell.variant().pruningLevel());
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
