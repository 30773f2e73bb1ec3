package io.edgefrontier.track;

import io.edgefrontier.result.JmhResult;
import io.edgefrontier.result.JmhSetup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How JMH ran an entry, as conditions; entries run alike share one answer. */
final class SetupConditions {
  private static final String BLACKHOLE = "-Djmh.blackhole.";

  private JmhSetup setup;
  private String mode = "";
  private List<String> jvmArgs = List.of();
  private Map<String, String> last = Map.of();

  /** Returns jdk, callers, blackhole and jmh, as far as the file has them. */
  Map<String, String> of(JmhResult entry) {
    if (!entry.setup().equals(setup)
        || !entry.mode().equals(mode)
        || !entry.jvmArgs().equals(jvmArgs)) {
      setup = entry.setup();
      mode = entry.mode();
      jvmArgs = entry.jvmArgs();
      last = conditions(entry);
    }
    return last;
  }

  private static Map<String, String> conditions(JmhResult entry) {
    JmhSetup setup = entry.setup();
    String vmVersion = setup.vmVersion().isEmpty() ? setup.jdkVersion() : setup.vmVersion();
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("jdk", (setup.vmName() + " " + vmVersion).strip());
    conditions.put("callers", setup.threads());
    conditions.put("blackhole", blackhole(entry.jvmArgs()));
    conditions.put(
        "jmh",
        "%s %s, warm-up %s, measurement %s"
            .formatted(setup.jmhVersion(), entry.mode(), setup.warmup(), setup.measurement())
            .strip());
    conditions.values().removeIf(String::isEmpty);
    return conditions;
  }

  /** JMH does not write the mode; it is its own choice unless a JVM argument says otherwise. */
  private static String blackhole(List<String> jvmArgs) {
    String found = "auto";
    for (String argument : jvmArgs) {
      if (argument.startsWith(BLACKHOLE)) {
        found = argument.substring(BLACKHOLE.length());
      }
    }
    return found;
  }
}
