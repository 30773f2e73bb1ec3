package io.edgefrontier.publish;

import io.edgefrontier.publish.PublishedTable.NamedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the runs of a table were made on and with. */
final class Environments {
  private Environments() {}

  /** Returns the facts, each with its text in every run; empty where a run does not tell. */
  static Map<String, List<String>> facts(List<NamedRun> runs) {
    Set<String> names = new LinkedHashSet<>();
    names.add("started");
    runs.forEach(run -> names.addAll(run.run().environment().keySet()));
    Map<String, List<String>> facts = new LinkedHashMap<>();
    for (String name : names) {
      List<String> texts = new ArrayList<>();
      for (NamedRun run : runs) {
        texts.add(
            name.equals("started")
                ? run.run().time()
                : run.run().environment().getOrDefault(name, ""));
      }
      if (texts.stream().anyMatch(text -> !text.isEmpty())) {
        facts.put(name, List.copyOf(texts));
      }
    }
    return facts;
  }

  /** Returns each command that is known, and the names of its runs; no names if it is of all. */
  static Map<String, List<String>> commands(List<NamedRun> runs) {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (NamedRun run : runs) {
      if (!run.run().command().isEmpty()) {
        commands.computeIfAbsent(run.run().command(), any -> new ArrayList<>()).add(run.name());
      }
    }
    commands.replaceAll((command, names) -> names.size() == runs.size() ? List.of() : names);
    return commands;
  }
}
