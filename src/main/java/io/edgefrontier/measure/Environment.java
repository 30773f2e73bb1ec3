package io.edgefrontier.measure;

import io.edgefrontier.engine.EngineFacts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a figure depends on beside the variant: what environment.json records.
 *
 * @param revision of the working directory
 * @param command as it was typed
 * @param seed of the sweep's order
 * @param threads engine threads of the forks
 */
public record Environment(
    Machine machine,
    Software software,
    Optional<SourceRevision> revision,
    List<String> command,
    long seed,
    int threads) {
  public Environment {
    command = List.copyOf(command);
  }

  /** Returns the environment of this process; starts the engine if it was not. */
  public static Environment capture(List<String> command, long seed, int threads) {
    return new Environment(
        Machine.capture(),
        Software.capture(),
        SourceRevision.of(Path.of("")),
        command,
        seed,
        threads);
  }

  /** Returns the facts in reading order; what is not known has no key. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("machine_id", machine.id());
    addMachine(facts);
    addSoftware(facts);
    revision.ifPresent(
        found -> {
          facts.put("commit", found.commit());
          facts.put("dirty", found.dirty());
        });
    facts.put("command", command);
    facts.put("seed", seed);
    facts.put("threads", threads);
    return facts;
  }

  private void addMachine(Map<String, Object> facts) {
    machine.cpuModel().ifPresent(model -> facts.put("cpu", model));
    facts.put("logical_cores", machine.logicalCores());
    machine.memoryBytes().ifPresent(bytes -> facts.put("memory_bytes", bytes));
    facts.put("architecture", machine.architecture());
    facts.put("os", machine.os());
    facts.put("kernel", machine.kernel());
    machine.governor().ifPresent(governor -> facts.put("governor", governor));
    machine.microcode().ifPresent(revision -> facts.put("microcode", revision));
    machine.virtualization().ifPresent(kind -> facts.put("virtualization", kind));
  }

  private void addSoftware(Map<String, Object> facts) {
    facts.put("jdk_vendor", software.jdkVendor());
    facts.put("jdk_version", software.jdkVersion());
    facts.put("vm", software.vm());
    facts.put("vm_flags", software.vmFlags());
    EngineFacts engine = software.engine();
    facts.put("djl_version", engine.djlVersion());
    facts.put("libtorch_version", engine.libtorchVersion());
    // Its name only: the folder around it is somebody's home.
    facts.put("libtorch_natives", Path.of(engine.nativesPath()).getFileName().toString());
    facts.put("libtorch_features", engine.features());
    facts.put("interop_threads", engine.interopThreads());
    facts.put("jmh_version", software.jmhVersion());
  }
}
