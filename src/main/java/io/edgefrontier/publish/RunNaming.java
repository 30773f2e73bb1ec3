package io.edgefrontier.publish;

import io.edgefrontier.publish.PublishedTable.NamedRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Names runs by what tells them apart: machine, commit or both, else by when they started. */
final class RunNaming {
  private static final int COMMIT_LENGTH = 8;

  private RunNaming() {}

  /** Returns the runs in the same order, each with a name of its own. */
  static List<NamedRun> of(List<PublishedRun> runs) {
    List<Function<PublishedRun, String>> parts = new ArrayList<>();
    for (Function<PublishedRun, String> part :
        List.<Function<PublishedRun, String>>of(PublishedRun::machineId, RunNaming::commit)) {
      if (distinct(runs, part) > 1) {
        parts.add(part);
      }
    }
    if (parts.isEmpty() || distinct(runs, run -> name(run, parts)) < runs.size()) {
      parts.add(PublishedRun::time);
    }
    List<NamedRun> named = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (PublishedRun run : runs) {
      String name = name(run, parts);
      String unique = name;
      for (int i = 2; !taken.add(unique); i++) {
        unique = name + " #" + i;
      }
      named.add(new NamedRun(unique, unique + modelled(run, runs), run));
    }
    return named;
  }

  /** Says so where a latency is modelled beside one that is not. */
  private static String modelled(PublishedRun run, List<PublishedRun> runs) {
    boolean differs = runs.stream().anyMatch(other -> !other.latencyModelled());
    return run.latencyModelled() && differs ? " (latency modelled)" : "";
  }

  private static long distinct(List<PublishedRun> runs, Function<PublishedRun, String> part) {
    return runs.stream().map(part).distinct().count();
  }

  private static String name(PublishedRun run, List<Function<PublishedRun, String>> parts) {
    List<String> texts = new ArrayList<>();
    parts.forEach(part -> texts.add(part.apply(run)));
    texts.removeIf(String::isEmpty);
    return texts.isEmpty() ? "unknown" : String.join(" ", texts);
  }

  /** Returns the beginning of the commit, as folders of runs have it. */
  static String commit(PublishedRun run) {
    return run.commit().substring(0, Math.min(COMMIT_LENGTH, run.commit().length()));
  }
}
