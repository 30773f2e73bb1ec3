package io.edgefrontier.track;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A run reduced to what is tracked.
 *
 * @param name of its folder or file
 * @param machineId empty where it is not known
 * @param time when it started
 * @param commit of the program; empty where it is not known
 * @param cells each key once
 */
public record TrackedRun(
    String name, String machineId, Instant time, String commit, List<TrackedCell> cells) {
  public TrackedRun {
    cells = List.copyOf(cells);
    Set<String> keys = new HashSet<>();
    for (TrackedCell cell : cells) {
      if (!keys.add(cell.key())) {
        throw new IllegalArgumentException("%s: cell '%s' twice".formatted(name, cell.key()));
      }
    }
  }
}
