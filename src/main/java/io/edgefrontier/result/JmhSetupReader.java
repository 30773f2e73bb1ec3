package io.edgefrontier.result;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Collects how JMH ran an entry from the entry's members. */
final class JmhSetupReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "jmhVersion",
          "jdkVersion",
          "vmName",
          "vmVersion",
          "threads",
          "warmupIterations",
          "warmupTime",
          "warmupBatchSize",
          "measurementIterations",
          "measurementTime",
          "measurementBatchSize");

  private final Map<String, String> found = new HashMap<>();
  private Map<String, String> lastFound = Map.of();
  private JmhSetup last = toSetup(lastFound);

  /** Reads the member's value if it is one of the setup's; returns whether it was. */
  boolean read(String name, JsonScanner json) throws IOException {
    if (!MEMBERS.contains(name)) {
      return false;
    }
    found.put(name, json.nextString());
    return true;
  }

  /** Returns the setup of the entry that ends here; entries run alike share one. */
  JmhSetup finish() {
    if (!found.equals(lastFound)) {
      lastFound = Map.copyOf(found);
      last = toSetup(lastFound);
    }
    found.clear();
    return last;
  }

  private static JmhSetup toSetup(Map<String, String> found) {
    return new JmhSetup(
        found.getOrDefault("jmhVersion", ""),
        found.getOrDefault("jdkVersion", ""),
        found.getOrDefault("vmName", ""),
        found.getOrDefault("vmVersion", ""),
        found.getOrDefault("threads", ""),
        phase(found, "warmup"),
        phase(found, "measurement"));
  }

  private static String phase(Map<String, String> found, String name) {
    String iterations = found.getOrDefault(name + "Iterations", "");
    if (iterations.isEmpty() || iterations.equals("0")) {
      return iterations;
    }
    String batch = found.getOrDefault(name + "BatchSize", "1");
    return "%s x %s%s"
        .formatted(
            iterations,
            found.getOrDefault(name + "Time", ""),
            batch.equals("1") ? "" : " of " + batch + " calls");
  }
}
