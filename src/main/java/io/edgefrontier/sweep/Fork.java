package io.edgefrontier.sweep;

import io.edgefrontier.result.Cell;

/**
 * One JVM of a sweep.
 *
 * @param number counts the forks of this kind in this cell, from 1
 */
record Fork(Cell cell, ForkKind kind, int number) {
  /** Returns the name of its files, such as {@code resnet8-p0.25-int8-b1-t1-2}. */
  String fileName() {
    String kindPart = kind.label().isEmpty() ? "" : "-" + kind.label();
    return cellName(cell) + kindPart + "-" + number;
  }

  /** Returns the name of a cell, such as {@code resnet8-p0.25-int8-b1-t1}. */
  static String cellName(Cell cell) {
    return "%s-b%d-t%d".formatted(cell.variant().id(), cell.batchSize(), cell.threads());
  }
}
