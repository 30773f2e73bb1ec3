package io.edgefrontier.result;

/**
 * A cell against the paired reference archive, which its forks time in slices that alternate with
 * its own: what slows the machine slows both.
 *
 * @param ratio median over forks of the fork's ratio; a fork's is the median over iterations of the
 *     iteration's median time, divided by the reference's right before and after
 * @param ci95Low lower end of the bootstrap interval over forks
 * @param ci95High upper end of that interval
 * @param referenceMs the reference's median over all forks of the sweep with as many engine threads
 */
public record ReferenceRatio(double ratio, double ci95Low, double ci95High, double referenceMs) {
  /** The reference was not timed. */
  public static final ReferenceRatio ABSENT =
      new ReferenceRatio(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
