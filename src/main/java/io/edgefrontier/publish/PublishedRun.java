package io.edgefrontier.publish;

import io.edgefrontier.report.Findings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run as it is published.
 *
 * @param title what was measured, such as {@code resnet8 on digits}
 * @param findings what was found
 * @param machineId empty where it is not known
 * @param commit of the program; empty where it is not known
 * @param time when the run started, such as {@code 2026-11-22T22:27:19Z}; empty where it is not
 *     known
 * @param command that made the run, exactly as it was typed; empty where it is not known
 * @param latencyModelled whether latencies are measured ones times a factor
 * @param environment name of a fact about machine, software or settings, and the fact; ordered
 */
public record PublishedRun(
    String title,
    Findings findings,
    String machineId,
    String commit,
    String time,
    String command,
    boolean latencyModelled,
    Map<String, String> environment) {
  public PublishedRun {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}
