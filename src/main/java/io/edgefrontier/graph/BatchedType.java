package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The type of a value for every batch, of which some axes grow with the batch and others stay.
 *
 * @param one the type for a batch of 1
 * @param grows for each axis, whether its size is a multiple of the batch
 */
public record BatchedType(TensorType one, List<Boolean> grows) {
  public BatchedType {
    grows = List.copyOf(grows);
    if (grows.size() != one.shape().rank()) {
      throw new IllegalArgumentException(
          "%d axes are marked, the type is %s".formatted(grows.size(), one));
    }
  }

  /** Returns the type for a batch of {@code batch}. */
  public TensorType at(int batch) {
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < grows.size(); axis++) {
      int dim = one.shape().dim(axis);
      dims.add(grows.get(axis) ? Math.multiplyExact(dim, batch) : dim);
    }
    return one.with(new Shape(dims));
  }

  /** Returns whether any axis grows with the batch. */
  boolean isBatched() {
    return grows.contains(true);
  }

  /** Returns the batch for which a value might be of type {@code found}; 1 if it does not say. */
  private int batchOf(TensorType found) {
    int axis = grows.indexOf(true);
    return axis < 0 || axis >= found.shape().rank()
        ? 1
        : Math.max(1, found.shape().dim(axis) / one.shape().dim(axis));
  }

  /**
   * Returns the batch of values whose types for a batch of 1 are known.
   *
   * @throws IllegalArgumentException if {@code found} are not their types for any batch
   */
  static int batch(String function, List<BatchedType> expected, List<TensorType> found) {
    int batch = 1;
    boolean fits = expected.size() == found.size();
    for (int i = 0; fits && i < found.size(); i++) {
      if (expected.get(i).isBatched()) {
        batch = expected.get(i).batchOf(found.get(i));
        break;
      }
    }
    for (int i = 0; fits && i < found.size(); i++) {
      fits = expected.get(i).at(batch).equals(found.get(i));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s takes %s for a batch of 1, got %s"
              .formatted(function, expected.stream().map(BatchedType::one).toList(), found));
    }
    return batch;
  }
}
