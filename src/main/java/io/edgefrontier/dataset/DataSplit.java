package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;

/**
 * A dataset's two parts, disjoint.
 *
 * @param name what the user called it, such as digits
 */
public record DataSplit(String name, Samples training, Samples validation) {
  public DataSplit {
    if (!training.shape().equals(validation.shape())
        || training.classes() != validation.classes()) {
      throw new IllegalArgumentException(name + ": training and validation samples differ in kind");
    }
  }

  /** Returns two parts without samples, for work that does without a dataset. */
  public static DataSplit none(Shape shape) {
    return new DataSplit("none", Samples.none(shape), Samples.none(shape));
  }
}
