package io.edgefrontier.track;

import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Says in what two cells were not measured alike. */
final class ConditionCheck {
  private static final String MACHINE = "machine";

  private final String baselineMachine;
  private final String candidateMachine;
  private final Set<String> mayDiffer;

  /**
   * @param mayDiffer names of conditions that are not looked at
   */
  ConditionCheck(TrackedRun baseline, TrackedRun candidate, Set<String> mayDiffer) {
    this.baselineMachine = baseline.machineId();
    this.candidateMachine = candidate.machineId();
    this.mayDiffer = Set.copyOf(mayDiffer);
  }

  /** Returns each condition that differs with both values; empty if there is none. */
  String difference(TrackedCell baseline, TrackedCell candidate) {
    StringJoiner differences = new StringJoiner("; ");
    add(differences, MACHINE, blankToNull(baselineMachine), blankToNull(candidateMachine));
    Map<String, String> before = baseline.conditions();
    Map<String, String> after = candidate.conditions();
    if (!before.equals(after)) {
      Map<String, String> all = new TreeMap<>(before);
      all.putAll(after);
      for (String name : all.keySet()) {
        add(differences, name, before.get(name), after.get(name));
      }
    }
    return differences.toString();
  }

  private void add(StringJoiner differences, String name, String before, String after) {
    // A kind of fork that one run left out says nothing of the others.
    boolean left = name.startsWith("jmh_") && (before == null || after == null);
    boolean same = before == null ? after == null : before.equals(after);
    if (!same && !left && !mayDiffer.contains(name)) {
      differences.add("%s: %s before, %s now".formatted(name, quoted(before), quoted(after)));
    }
  }

  private static String blankToNull(String text) {
    return text.isBlank() ? null : text;
  }

  private static String quoted(String value) {
    return value == null ? "not recorded" : "'" + value + "'";
  }
}
