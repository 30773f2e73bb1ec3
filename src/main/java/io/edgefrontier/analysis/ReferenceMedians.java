package io.edgefrontier.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The paired reference's time over a whole sweep: the median over all latency forks with as many
 * engine threads of the fork's median.
 */
final class ReferenceMedians {
  private final Map<Integer, List<Double>> forkMediansMs = new HashMap<>();
  private final Map<Integer, Double> medianMs = new HashMap<>();

  void add(int threads, double forkMedianMs) {
    forkMediansMs.computeIfAbsent(threads, count -> new ArrayList<>()).add(forkMedianMs);
  }

  /** Returns the median in ms, NaN if no fork timed the reference; to be asked after all adding. */
  double medianMs(int threads) {
    return medianMs.computeIfAbsent(
        threads,
        count ->
            Statistics.median(
                forkMediansMs.getOrDefault(count, List.of()).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray()));
  }
}
