package io.edgefrontier.track;

import io.edgefrontier.measure.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code machines/<machineId>/machine.json}: the facts behind a machine's id. It follows from the
 * id, so that it never changes and two copies of a store cannot disagree about it.
 */
public final class MachineFile {
  private MachineFile() {}

  /**
   * Writes the file if it is not there.
   *
   * @param results the folder of all results
   * @return where it is
   */
  public static Path write(Path results, Machine machine) throws IOException {
    Path file = path(results, machine.id());
    if (!Files.exists(file)) {
      Map<String, Object> facts = new TreeMap<>(machine.idFacts());
      facts.put("logical_cores", machine.logicalCores());
      facts.put("machine_id", machine.id());
      Json.write(file, facts);
    }
    return file;
  }

  static Path path(Path results, String machineId) {
    return results.resolve("machines").resolve(machineId).resolve("machine.json");
  }
}
