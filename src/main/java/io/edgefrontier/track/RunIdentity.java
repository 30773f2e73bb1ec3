package io.edgefrontier.track;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run a folder holds, as far as its name and its files tell: the same wherever and whenever
 * the folder was copied to.
 *
 * @param name of the folder
 * @param machineId empty where it is not known
 * @param time when it started, where that is known
 * @param commit of the program; empty where it is not known
 */
public record RunIdentity(String name, String machineId, Optional<Instant> time, String commit) {
  /**
   * Reads it from the folder's name, environment.json and run.json, without the results.
   *
   * @throws IOException naming the file that cannot be read
   */
  public static RunIdentity of(Path folder) throws IOException {
    return RunFacts.identity(folder);
  }
}
