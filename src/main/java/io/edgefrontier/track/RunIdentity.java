package io.edgefrontier.track;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Which run a folder holds.
 *
 * @param name of the folder
 * @param machineId empty where it is not known
 * @param time when it started
 * @param commit of the program; empty where it is not known
 */
public record RunIdentity(String name, String machineId, Instant time, String commit) {
  /**
   * Reads it from the folder's name, environment.json and run.json, without the results.
   *
   * @throws IOException naming the file that cannot be read
   */
  public static RunIdentity of(Path folder) throws IOException {
    RunFacts facts = RunFacts.ofFolder(folder);
    return new RunIdentity(facts.name(), facts.machineId(), facts.time(), facts.commit());
  }
}
