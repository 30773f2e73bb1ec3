package io.edgefrontier.torchscript;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Graph;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Int;
import java.util.List;

/**
 * The type of a value whatever the batch is: known from two batches, since a size either stays or
 * grows with the batch.
 *
 * @param one for a batch of 1
 * @param other for a batch of {@link Graph#OTHER_BATCH}
 */
record SymbolType(TensorType one, TensorType other) {
  SymbolType {
    if (one.dtype() != other.dtype() || one.shape().rank() != other.shape().rank()) {
      throw new IllegalArgumentException(
          "the result is %s for a batch of 1 and %s for one of %d"
              .formatted(one, other, Graph.OTHER_BATCH));
    }
    int batched = 0;
    for (int axis = 0; axis < one.shape().rank(); axis++) {
      int size = one.shape().dim(axis);
      int otherSize = other.shape().dim(axis);
      if (otherSize != size && otherSize != (long) size * Graph.OTHER_BATCH) {
        throw new IllegalArgumentException(
            "axis %d of the result has %d elements for a batch of 1 and %d for one of %d, expected"
                    .formatted(axis, size, otherSize, Graph.OTHER_BATCH)
                + " the same number or a multiple of the batch");
      }
      batched += otherSize == size ? 0 : 1;
    }
    if (batched > 1) {
      throw new IllegalArgumentException(
          "two axes of the result %s grow with the batch, expected one: samples would meet each"
                  .formatted(one)
              + " other");
    }
  }

  /** Returns the type of float32 samples of {@code shape}, the batch being the first axis. */
  static SymbolType ofSamples(Shape shape) {
    return new SymbolType(
        new TensorType(DType.FLOAT32, shape.batched(1)),
        new TensorType(DType.FLOAT32, shape.batched(Graph.OTHER_BATCH)));
  }

  /**
   * Returns the type of what an operator makes of {@code inputs}.
   *
   * @throws IllegalArgumentException if it does not accept them for every batch
   */
  static SymbolType infer(Op op, List<SymbolType> inputs) {
    TensorType one = op.infer(inputs.stream().map(SymbolType::one).toList());
    one.bytes(); // overflows here rather than later
    return new SymbolType(one, op.infer(inputs.stream().map(SymbolType::other).toList()));
  }

  /** Returns whether the size of an axis grows with the batch. */
  boolean isBatched(int axis) {
    return one.shape().dim(axis) != other.shape().dim(axis);
  }

  /** Returns whether any axis grows with the batch. */
  boolean isBatched() {
    return !one.equals(other);
  }

  /** Returns the size of an axis: an integer, or a multiple of the batch. */
  Value size(int axis) {
    int size = one.shape().dim(axis);
    return isBatched(axis) ? new BatchMultiple(size) : new Int(size);
  }

  @Override
  public String toString() {
    return one.toString();
  }
}
