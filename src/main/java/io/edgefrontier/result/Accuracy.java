package io.edgefrontier.result;

/**
 * Top-1 accuracy on the validation split.
 *
 * @param top1 share of samples classified correctly
 * @param ci95Low lower end of the Wilson interval
 * @param ci95High upper end of the Wilson interval
 * @param delta top1 minus that of the baseline variant
 * @param pValue exact McNemar test against the baseline variant
 */
public record Accuracy(double top1, double ci95Low, double ci95High, double delta, double pValue) {
  /** Nothing was measured. */
  public static final Accuracy ABSENT =
      new Accuracy(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
