package io.edgefrontier.track;

import java.time.Instant;
import java.util.List;

/**
 * A run reduced to what is tracked.
 *
 * @param name of its folder or file
 * @param machineId empty where it is not known
 * @param commit of the program; empty where it is not known
 * @param cells each key once
 */
public record TrackedRun(
    String name, String machineId, Instant time, String commit, List<TrackedCell> cells) {
  public TrackedRun {
    cells = List.copyOf(cells);
  }
}
