package io.edgefrontier.result;

/**
 * Time to get going in a fresh JVM, in milliseconds, median over forks.
 *
 * @param coldStartMs archive open to first result
 * @param ci95LowMs lower end of the bootstrap interval over forks of {@code coldStartMs}
 * @param ci95HighMs upper end of that interval
 * @param modelLoadMs archive open to model loaded
 */
public record Startup(double coldStartMs, double ci95LowMs, double ci95HighMs, double modelLoadMs) {
  /** Nothing was measured. */
  public static final Startup ABSENT = new Startup(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
