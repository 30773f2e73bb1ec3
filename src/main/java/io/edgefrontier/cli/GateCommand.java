package io.edgefrontier.cli;

import io.edgefrontier.config.Durations;
import io.edgefrontier.track.PooledRuns;
import io.edgefrontier.track.RunComparison;
import io.edgefrontier.track.RunReader;
import io.edgefrontier.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decides whether a build may pass. */
@Command(
    name = "gate",
    description = {
      "Compare a run with a baseline as 'compare' does, then measure again what looks slower or"
          + " cannot be told, and judge latency by that alone.",
      "Where the archive of a cell has changed, forks time both archives in turns; where only the"
          + " build has, forks of both builds take turns (--baseline-jar).",
      "Exits with 5 on a confirmed regression; with --strict, with 6 where something stays open."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar gate --baseline main",
      "  java -jar benchmarks.jar gate --baseline main --window 20 --time-budget 20m --strict",
      "  java -jar benchmarks.jar gate --baseline main --baseline-jar old/benchmarks.jar \\",
      "      --markdown comment.md --junit verdicts.xml"
    })
final class GateCommand implements Callable<Integer> {
  private static final Set<String> ARCHIVE = Set.of("archive");

  @Mixin private StoreOptions store;
  @Mixin private ComparisonOutput output;

  @Option(
      names = "--baseline",
      required = true,
      paramLabel = "RUN",
      description = "Baseline, or any run, to hold the candidate against.")
  private String baseline;

  @Option(
      names = "--candidate",
      paramLabel = "RUN",
      defaultValue = "latest",
      description = "The run to judge. Default: ${DEFAULT-VALUE}.")
  private String candidate;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Add the forks of the runs of this machine before the baseline, N runs in all, so that no"
              + " single one decides. Default: ${DEFAULT-VALUE}.")
  private int window;

  @Option(
      names = "--time-budget",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "No fork starts after so long (90s, 10m, 1h). Default: ${DEFAULT-VALUE}.")
  private String timeBudget;

  @Option(
      names = "--baseline-jar",
      paramLabel = "JAR",
      description = "The build that measured the baseline.")
  private Path baselineJar;

  @Override
  public Integer call() throws IOException {
    if (window < 1) {
      throw new IllegalArgumentException(
          "--window %d: expected a number of runs, 1 or more".formatted(window));
    }
    if (baselineJar != null && !Files.isRegularFile(baselineJar)) {
      throw new IllegalArgumentException(
          baselineJar + ": no such file; --baseline-jar names the baseline's benchmarks.jar");
    }
    Path before = store.runs().locate(baseline);
    Path now = store.runs().locate(candidate);
    RunComparison comparison =
        output.chosen(
            RunComparison.of(pooled(before, now), RunReader.read(now), output.deltas(), ARCHIVE));
    Confirmer confirmer =
        new Confirmer(
            new RunFolder(before),
            new RunFolder(now),
            Optional.ofNullable(baselineJar),
            output.deltas(),
            Durations.parse(timeBudget)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "--time-budget %s: expected a time such as 90s, 10m or 1h"
                                .formatted(timeBudget))),
            store.terminal());
    RunComparison confirmed = confirmer.confirm(comparison);
    output.write("Benchmarks against " + baseline, confirmed, store.terminal());
    return output.exitCode(confirmed);
  }

  /** Returns the baseline with the forks of the newest runs before it. */
  private TrackedRun pooled(Path before, Path now) throws IOException {
    List<TrackedRun> runs = new ArrayList<>(List.of(RunReader.read(before)));
    Path machine = before.toAbsolutePath().getParent();
    for (Path run : store.runs().of(String.valueOf(machine.getFileName()))) {
      boolean older =
          run.getFileName().toString().compareTo(before.getFileName().toString()) < 0
              && !Files.isSameFile(run, now);
      if (older && runs.size() < window) {
        runs.add(RunReader.read(run));
      }
    }
    return PooledRuns.of(runs);
  }
}
