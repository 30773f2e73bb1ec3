package io.edgefrontier.dataset;

import java.io.IOException;
import java.util.Arrays;

/** Labels as they are read, one per row: numbers that must be classes. */
final class ClassLabels {
  /** More classes than any network tells apart. */
  private static final int MAX_CLASSES = 1_000_000;

  private int[] labels = new int[1024];
  private int count;
  private int largest = -1;

  /**
   * Adds the label of the next row.
   *
   * @param where names file and row
   * @throws IOException if it is no whole number in [0, 1000000)
   */
  void add(double label, String where) throws IOException {
    add(label, MAX_CLASSES, where);
  }

  /** As {@link #add(double, String)}, where it is known how many classes there are. */
  void add(double label, int classes, String where) throws IOException {
    if (!(label >= 0 && label < classes) || label != Math.rint(label)) { // also rejects NaN
      throw new IOException(
          "%s: label %s, expected a class: a whole number in [0, %d)"
              .formatted(where, plain(label), classes));
    }
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, Math.multiplyExact(count, 2));
    }
    labels[count++] = (int) label;
    largest = Math.max(largest, (int) label);
  }

  private static String plain(double label) {
    return label == Math.rint(label) && Math.abs(label) < 1e15
        ? Long.toString((long) label)
        : Double.toString(label);
  }

  int count() {
    return count;
  }

  /** Returns the least number of classes that the labels allow. */
  int classes() {
    return largest + 1;
  }

  int[] toArray() {
    return Arrays.copyOf(labels, count);
  }
}
