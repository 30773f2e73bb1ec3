package io.edgefrontier.result;

import java.util.List;

/**
 * One metric of a JMH result. A metric per operation is in milliseconds whatever the file's unit; a
 * rate of operations is turned into time per operation; any other unit is as in the file.
 *
 * @param score JMH's own summary; NaN if absent
 * @param median JMH's 50th percentile, over everything; NaN if absent
 * @param unit of the file, such as {@code us/op}
 * @param forks what each fork observed in its measurement iterations; empty if the file has no raw
 *     data, and a fork without observations is left out
 * @param iterations the same by fork and iteration; empty if no fork has more than one iteration,
 *     so that it would say nothing new
 */
public record JmhMetric(
    double score,
    double median,
    String unit,
    List<Histogram> forks,
    List<List<Histogram>> iterations) {
  /** A metric that a result does not have. */
  public static final JmhMetric ABSENT =
      new JmhMetric(Double.NaN, Double.NaN, "", List.of(), List.of());

  public JmhMetric {
    forks = List.copyOf(forks);
    iterations = List.copyOf(iterations);
  }

  /** Returns what each iteration of a fork observed, in their order; that may be nothing. */
  public List<Histogram> iterations(int fork) {
    return iterations.isEmpty() ? List.of(forks.get(fork)) : iterations.get(fork);
  }

  /** Returns whether the file's unit is a time or a rate, so that all is in ms per operation. */
  public boolean isTime() {
    return ScoreUnit.parse(unit).isTime();
  }

  /** Returns the number of observations in all forks. */
  public long samples() {
    long samples = 0;
    for (Histogram fork : forks) {
      samples += fork.total();
    }
    return samples;
  }
}
