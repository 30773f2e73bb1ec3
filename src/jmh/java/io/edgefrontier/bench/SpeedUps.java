package io.edgefrontier.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * How many times faster a fork's candidate is than the baselines beside it.
 *
 * <p>Static for the reason of {@link ForkFacts}: JMH gives benchmark states and profilers no other
 * way to meet.
 */
final class SpeedUps {
  /** Time of the baseline, mostly the plain float32 archive / time of the candidate. */
  static final String OVER_BASELINE = "speedup";

  /** Time of the plain archive of the candidate's precision / time of the candidate. */
  static final String OVER_PLAIN_OWN = "speedup.own";

  private static final double MEDIAN = 50;

  private static final Map<String, Baseline> BASELINES = new LinkedHashMap<>();
  private static double fastestCandidate = Double.POSITIVE_INFINITY;

  private SpeedUps() {}

  /** One baseline's calls; times in nanoseconds. */
  private static final class Baseline {
    private final ListStatistics ratios = new ListStatistics();
    private ListStatistics calls = new ListStatistics();
    private double fastest = Double.POSITIVE_INFINITY;

    void skipIteration() {
      calls = new ListStatistics();
    }

    void endIteration(double candidateMedian) {
      ratios.addValue(calls.getPercentile(MEDIAN) / candidateMedian);
      fastest = Math.min(fastest, calls.getMin());
      calls = new ListStatistics();
    }
  }

  /** Forgets everything. */
  static synchronized void clear() {
    BASELINES.clear();
    fastestCandidate = Double.POSITIVE_INFINITY;
  }

  /**
   * Takes one thread's calls of a baseline around the iteration that ends.
   *
   * @param speedUp name of the result that they are for
   */
  static synchronized void baselineCalls(String speedUp, long[] nanos) {
    Baseline baseline = BASELINES.computeIfAbsent(speedUp, name -> new Baseline());
    for (long call : nanos) {
      baseline.calls.addValue((double) call);
    }
  }

  /** Forgets the calls around the iteration that has ended: it was one of warm-up. */
  static synchronized void skipIteration() {
    BASELINES.values().forEach(Baseline::skipIteration);
  }

  /**
   * Compares the calls around the iteration that has ended with the candidate's.
   *
   * @param candidate its calls
   * @param nanos of one unit of these
   */
  static synchronized void endIteration(Statistics candidate, double nanos) {
    double median = candidate.getPercentile(MEDIAN) * nanos;
    BASELINES.values().forEach(baseline -> baseline.endIteration(median));
    fastestCandidate = Math.min(fastestCandidate, candidate.getMin() * nanos);
  }

  /** Returns each speed-up of the fork: the median over its iterations, and of fastest calls. */
  static synchronized List<Observation> ofFork() {
    List<Observation> found = new ArrayList<>();
    BASELINES.forEach(
        (speedUp, baseline) -> {
          found.add(new Observation(speedUp, baseline.ratios.getPercentile(MEDIAN), "x"));
          double ofFastest = baseline.fastest / fastestCandidate;
          found.add(new Observation(speedUp + ".fastest", ofFastest, "x"));
        });
    return found;
  }
}
