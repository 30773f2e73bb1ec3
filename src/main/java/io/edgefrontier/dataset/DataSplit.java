package io.edgefrontier.dataset;

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
}
