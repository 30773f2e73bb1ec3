package io.edgefrontier.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Logical CPUs by their numbers, as Linux lists them: {@code 0-1,3}.
 *
 * @param cpus ascending, without repetition, at least one
 */
public record CpuList(List<Integer> cpus) {
  public CpuList {
    cpus = List.copyOf(new TreeSet<>(cpus));
    if (cpus.isEmpty() || cpus.get(0) < 0) {
      throw new IllegalArgumentException("a list of CPUs names at least one >= 0, got " + cpus);
    }
  }

  /**
   * Reads a list such as {@code 0-1,3}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static CpuList parse(String text) {
    List<Integer> cpus = new ArrayList<>();
    for (String part : text.strip().split(",", -1)) {
      if (!part.matches("\\d{1,5}(-\\d{1,5})?")) {
        throw new IllegalArgumentException(
            "'%s' is no list of CPUs; expected numbers and ranges such as 0-1,3".formatted(text));
      }
      int dash = part.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int last = Integer.parseInt(part.substring(dash + 1));
      if (last < first) {
        throw new IllegalArgumentException(
            "'%s' is no list of CPUs; the range %s goes backwards".formatted(text, part));
      }
      for (int cpu = first; cpu <= last; cpu++) {
        cpus.add(cpu);
      }
    }
    return new CpuList(cpus);
  }

  /** Returns the CPUs that this process may run on; empty where the kernel does not tell. */
  public static Optional<CpuList> allowed() {
    return allowed(Path.of("/"));
  }

  static Optional<CpuList> allowed(Path root) {
    return SystemFiles.lines(root.resolve("proc/self/status")).stream()
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .map(line -> parse(line.substring(line.indexOf(':') + 1)))
        .findFirst();
  }

  /** Returns the list as taskset takes it: {@code 0,1,3}. */
  @Override
  public String toString() {
    return String.join(",", cpus.stream().map(String::valueOf).toList());
  }
}
