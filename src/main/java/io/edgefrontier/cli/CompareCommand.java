package io.edgefrontier.cli;

import io.edgefrontier.track.RunComparison;
import io.edgefrontier.track.TrackedCell;
import io.edgefrontier.track.TrackedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two runs. */
@Command(
    name = "compare",
    description = {
      "Compare two runs cell by cell and metric by metric, with a verdict on each: REGRESSED,"
          + " IMPROVED, UNCHANGED, INCONCLUSIVE, NOT_COMPARABLE, NEW, MISSING or FAILED.",
      "A run is its folder, a JMH file of any project, 'latest', the beginning of its folder's name"
          + " or of its commit, or 'baseline:NAME'. Nothing is measured; 'gate' does that.",
      "Exits with 5 if something regressed, with 3 if a cell failed that the baseline measured."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar compare baseline:main latest",
      "  java -jar benchmarks.jar compare 20261122T1936 20261122T2227 --delta latency=3%%",
      "  java -jar benchmarks.jar compare old/jmh.json new/jmh.json --strict --junit verdicts.xml",
      "  java -jar benchmarks.jar compare main latest --markdown comment.md --json verdicts.json",
      "  java -jar benchmarks.jar compare main latest --may-differ jdk,jdk_vendor --metric latency"
    })
final class CompareCommand implements Callable<Integer> {
  private static final String ARCHIVE = "archive";
  private static final String MACHINE = "machine";

  @Mixin private StoreOptions store;
  @Mixin private ComparisonOutput output;

  @Parameters(index = "0", paramLabel = "BASELINE", description = "The run before.")
  private String baseline;

  @Parameters(index = "1", paramLabel = "CANDIDATE", description = "The run to judge.")
  private String candidate;

  @Option(
      names = "--same-archive",
      description =
          "Do not judge times of cells whose archives differ: then only the machine, the engine or"
              + " the harness can have changed.")
  private boolean sameArchive;

  @Option(
      names = "--may-differ",
      paramLabel = "CONDITION",
      split = ",",
      description =
          "Judge times although these differ, such as jdk, since their change is the question.")
  private List<String> mayDiffer = List.of();

  @Override
  public Integer call() throws IOException {
    List<TrackedRun> runs = runs();
    TrackedRun before = runs.get(0);
    TrackedRun after = runs.get(1);
    RunComparison comparison =
        output.chosen(RunComparison.of(before, after, output.deltas(), conditions(before, after)));
    output.write("Benchmarks against " + baseline, comparison, store.terminal());
    return output.exitCode(comparison);
  }

  /** Reads both runs at once: large ones take seconds. */
  private List<TrackedRun> runs() throws IOException {
    try {
      return Stream.of(baseline, candidate)
          .parallel()
          .map(
              text -> {
                try {
                  return run(text);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private TrackedRun run(String text) throws IOException {
    if (text.toLowerCase(Locale.ROOT).endsWith(".jar")) {
      throw new IllegalArgumentException(
          ("%s: a jar has no figures yet, and compare measures nothing; run it and give its run's"
                  + " folder, or let 'gate' measure")
              .formatted(text));
    }
    return store.runs().resolve(text);
  }

  private Set<String> conditions(TrackedRun before, TrackedRun after) {
    Set<String> known = new TreeSet<>(Set.of(MACHINE));
    Stream.concat(before.cells().stream(), after.cells().stream())
        .map(TrackedCell::conditions)
        .forEach(conditions -> known.addAll(conditions.keySet()));
    for (String name : mayDiffer) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "--may-differ %s: neither run has this condition; they have %s"
                .formatted(name, String.join(", ", known)));
      }
    }
    List<String> all = new ArrayList<>(mayDiffer);
    if (!sameArchive) {
      all.add(ARCHIVE);
    }
    return Set.copyOf(new TreeSet<>(all));
  }
}
