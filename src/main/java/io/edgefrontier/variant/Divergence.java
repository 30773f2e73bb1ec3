package io.edgefrontier.variant;

/**
 * How far a variant's answers are from those of the network that it was made of.
 *
 * @param logitDiffMax largest absolute difference of a logit; NaN if nothing was compared
 * @param logitDiffMean mean absolute difference of the logits; NaN if nothing was compared
 * @param argmaxAgreement share of samples whose largest logit is of the same class, in [0, 1]; NaN
 *     if nothing was compared or there are no classes
 * @param source what both were run on, or why nothing was compared; empty if that is not known
 */
public record Divergence(
    double logitDiffMax, double logitDiffMean, double argmaxAgreement, String source) {
  /** Nothing is known. */
  public static final Divergence ABSENT = absent("");

  public Divergence {
    if (Double.isNaN(logitDiffMax) != Double.isNaN(logitDiffMean)
        || (Double.isNaN(logitDiffMax) && !Double.isNaN(argmaxAgreement))) {
      throw new IllegalArgumentException("a divergence has all its differences or none");
    }
    if (logitDiffMax < 0 || logitDiffMean < 0 || argmaxAgreement < 0 || argmaxAgreement > 1) {
      throw new IllegalArgumentException(
          "differences must be >= 0 and an agreement in [0, 1], got %s, %s and %s"
              .formatted(logitDiffMax, logitDiffMean, argmaxAgreement));
    }
  }

  /** Returns that of a variant that was not compared. */
  public static Divergence absent(String reason) {
    return new Divergence(Double.NaN, Double.NaN, Double.NaN, reason);
  }

  /** Returns whether there are figures. */
  public boolean isPresent() {
    return !Double.isNaN(logitDiffMax);
  }
}
