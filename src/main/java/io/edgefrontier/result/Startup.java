package io.edgefrontier.result;

/**
 * Time to get going in a fresh JVM, in milliseconds, median over forks.
 *
 * @param coldStartMs archive open to first result
 * @param modelLoadMs archive open to model loaded
 */
public record Startup(double coldStartMs, double modelLoadMs) {
  /** Nothing was measured. */
  public static final Startup ABSENT = new Startup(Double.NaN, Double.NaN);
}
