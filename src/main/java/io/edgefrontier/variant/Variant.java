package io.edgefrontier.variant;

/**
 * One model at one pruning level and precision.
 *
 * @param model name of the model, such as resnet8
 * @param pruningLevel share of channels removed in each pruning group, in [0, 1)
 */
public record Variant(String model, double pruningLevel, Precision precision)
    implements Comparable<Variant> {
  public Variant {
    if (model.isBlank()) {
      throw new IllegalArgumentException("a variant needs a model name");
    }
    if (!(pruningLevel >= 0 && pruningLevel < 1)) { // also rejects NaN
      throw new IllegalArgumentException("pruning level must be in [0, 1), got " + pruningLevel);
    }
  }

  /**
   * Returns the name of the variant in file names and tables, such as {@code resnet8-p0.25-int8}.
   */
  public String id() {
    return model + "-p" + pruningLevel + "-" + precision.label();
  }

  /** By model, pruning level and precision. */
  @Override
  public int compareTo(Variant other) {
    int order = model.compareTo(other.model);
    order = order != 0 ? order : Double.compare(pruningLevel, other.pruningLevel);
    return order != 0 ? order : precision.compareTo(other.precision);
  }
}
