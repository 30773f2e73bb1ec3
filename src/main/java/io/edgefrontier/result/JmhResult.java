package io.edgefrontier.result;

import java.util.List;
import java.util.Map;

/**
 * One entry of the JSON file that JMH writes: a benchmark with one set of parameters.
 *
 * @param index place in the file, from 0
 * @param benchmark full name, such as io.edgefrontier.bench.InferenceBenchmark.forward
 * @param mode JMH's short label: thrpt, avgt, sample or ss
 * @param params the benchmark's parameters
 * @param forks asked for; those that ran are in the metrics
 * @param setup how JMH ran it
 * @param secondary what profilers added
 */
public record JmhResult(
    int index,
    String benchmark,
    String mode,
    Map<String, String> params,
    int forks,
    List<String> jvmArgs,
    JmhSetup setup,
    JmhMetric primary,
    Map<String, JmhMetric> secondary) {
  public JmhResult {
    params = Map.copyOf(params);
    jvmArgs = List.copyOf(jvmArgs);
    secondary = Map.copyOf(secondary);
  }

  /** Returns a secondary metric, {@link JmhMetric#ABSENT} if there is none of this name. */
  public JmhMetric secondary(String name) {
    return secondary.getOrDefault(name, JmhMetric.ABSENT);
  }
}
