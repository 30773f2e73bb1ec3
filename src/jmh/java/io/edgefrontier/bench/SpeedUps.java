package io.edgefrontier.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.util.ListStatistics;

/**
 * How many times faster a fork's candidate is than the baselines beside it.
 *
 * <p>Static for the reason of {@link ForkFacts}: JMH gives benchmark states and profilers no other
 * way to meet.
 */
final class SpeedUps {
  /** Time of the plain float32 archive / time of the candidate. */
  static final String OVER_PLAIN_FP32 = "speedup";

  /** Time of the plain archive of the candidate's precision / time of the candidate. */
  static final String OVER_PLAIN_OWN = "speedup.own";

  private static final double MEDIAN = 50;

  private static final Map<String, ListStatistics> ITERATION = new LinkedHashMap<>();
  private static final Map<String, ListStatistics> RATIOS = new LinkedHashMap<>();

  private SpeedUps() {}

  /** Forgets everything. */
  static synchronized void clear() {
    ITERATION.clear();
    RATIOS.clear();
  }

  /**
   * Takes one thread's calls of a baseline around the iteration that ends.
   *
   * @param speedUp name of the result that they are for
   */
  static synchronized void baselineCalls(String speedUp, long[] nanos) {
    ListStatistics calls = ITERATION.computeIfAbsent(speedUp, name -> new ListStatistics());
    for (long call : nanos) {
      calls.addValue(call);
    }
  }

  /** Forgets the calls around the iteration that has ended: it was one of warm-up. */
  static synchronized void skipIteration() {
    ITERATION.clear();
  }

  /** Compares the calls around the iteration that has ended with the candidate's median. */
  static synchronized void endIteration(double candidateNanos) {
    ITERATION.forEach(
        (speedUp, calls) ->
            RATIOS
                .computeIfAbsent(speedUp, name -> new ListStatistics())
                .addValue(calls.getPercentile(MEDIAN) / candidateNanos));
    ITERATION.clear();
  }

  /** Returns the median over the iterations of each speed-up. */
  static synchronized List<Observation> ofFork() {
    List<Observation> medians = new ArrayList<>();
    RATIOS.forEach(
        (speedUp, ratios) ->
            medians.add(new Observation(speedUp, ratios.getPercentile(MEDIAN), "x")));
    return medians;
  }
}
