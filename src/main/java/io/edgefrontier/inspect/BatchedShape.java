package io.edgefrontier.inspect;

import io.edgefrontier.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** A shape with N where it grows with the batch. */
final class BatchedShape {
  private BatchedShape() {}

  /**
   * Returns the shape as text, such as {@code Nx16x28x28}, or {@code 4Nx10} after a reshape.
   *
   * @param one at batch size 1
   * @param two the same value's at batch size 2
   */
  static String text(Shape one, Shape two) {
    List<String> dims = new ArrayList<>();
    for (int axis = 0; axis < one.rank(); axis++) {
      int size = one.dim(axis);
      boolean batch = two.dim(axis) != size;
      dims.add(batch ? (size == 1 ? "N" : size + "N") : String.valueOf(size));
    }
    return dims.isEmpty() ? "scalar" : String.join("x", dims);
  }
}
