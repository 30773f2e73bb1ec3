package io.edgefrontier.cli;

import io.edgefrontier.sweep.JarFork;
import io.edgefrontier.sweep.PairFork;
import io.edgefrontier.track.Confirmation;
import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.RunComparison;
import io.edgefrontier.track.RunReader;
import io.edgefrontier.track.TrackedRun;
import io.edgefrontier.variant.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures again what a comparison suspects, fork by fork: first the cells where both archives can
 * be timed in one process, then those where only another build of this program can tell.
 */
final class Confirmer {
  /** Forks of two builds are processes of their own, which differ by far more than pairs do. */
  private static final int BUILD_FORKS = 16;

  private final RunFolder baseline;
  private final RunFolder candidate;
  private final Optional<Path> baselineJar;
  private final Deltas deltas;
  private final long deadline;
  private final Terminal terminal;

  /**
   * @param baselineJar the build that measured the baseline, where it is at hand
   * @param budget after which no fork starts
   */
  Confirmer(
      RunFolder baseline,
      RunFolder candidate,
      Optional<Path> baselineJar,
      Deltas deltas,
      Duration budget,
      Terminal terminal) {
    this.baseline = baseline;
    this.candidate = candidate;
    this.baselineJar = baselineJar;
    this.deltas = deltas;
    this.deadline = System.nanoTime() + budget.toNanos();
    this.terminal = terminal;
  }

  /** Returns the comparison with what was confirmed. */
  RunComparison confirm(RunComparison comparison) throws IOException {
    List<String> keys = Confirmation.toConfirm(comparison);
    if (keys.isEmpty()) {
      return comparison;
    }
    Confirmation confirmation = new Confirmation(deltas);
    Map<String, PairFork> pairs = new LinkedHashMap<>();
    Map<String, GatedCell> builds = new LinkedHashMap<>();
    for (String key : keys) {
      sort(key, confirmation, pairs, builds);
    }
    int forks = Confirmation.forksNeeded(pairs.size() + builds.size());
    runPairs(pairs, forks, confirmation);
    runBuilds(builds, Math.max(BUILD_FORKS, forks), confirmation);
    return confirmation.applyTo(comparison);
  }

  private void sort(
      String key,
      Confirmation confirmation,
      Map<String, PairFork> pairs,
      Map<String, GatedCell> builds)
      throws IOException {
    Optional<GatedCell> cell = GatedCell.of(key);
    if (cell.isEmpty()) {
      confirmation.leaveOpen(key, "only cells of this program's sweeps can be measured again");
      return;
    }
    Optional<Archive> before = cell.get().archive(baseline);
    Optional<Archive> now = cell.get().archive(candidate);
    if (before.isEmpty() || now.isEmpty()) {
      String where = before.isEmpty() ? "the baseline's run" : "the candidate's run";
      confirmation.leaveOpen(key, where + " has no archive of it any more");
    } else if (!before.get().sha256().equals(now.get().sha256())) {
      pairs.put(
          key,
          new PairFork(
              GatedCell.file(baseline, before.get()),
              GatedCell.file(candidate, now.get()),
              now.get().sampleShape(),
              cell.get().batchSize(),
              cell.get().threads()));
    } else if (baselineJar.isPresent()) {
      builds.put(key, cell.get());
    } else {
      confirmation.leaveOpen(
          key,
          "both runs have the same archive, so that only builds can differ; give the baseline's"
              + " with --baseline-jar");
    }
  }

  /** Runs round by round, so that a short budget leaves all cells with as many forks. */
  private void runPairs(Map<String, PairFork> pairs, int forks, Confirmation confirmation) {
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    Map<String, String> failed = new LinkedHashMap<>();
    pairs.keySet().forEach(key -> ratios.put(key, new ArrayList<>()));
    for (int round = 0; round < forks && hasTime(); round++) {
      for (Map.Entry<String, PairFork> pair : pairs.entrySet()) {
        if (!hasTime() || failed.containsKey(pair.getKey())) {
          continue;
        }
        try {
          double ratio = pair.getValue().ratio(round % 2 == 1);
          ratios.get(pair.getKey()).add(ratio);
          terminal.progress(
              "gate [round %d/%d] %s: candidate / baseline %.3f",
              round + 1, forks, pair.getKey(), ratio);
        } catch (IOException e) {
          failed.put(pair.getKey(), e.getMessage());
        }
      }
    }
    ratios.forEach(
        (key, found) -> {
          if (failed.containsKey(key)) {
            confirmation.leaveOpen(key, "a fork failed: " + failed.get(key));
          } else if (found.size() < forks) {
            confirmation.leaveOpen(key, budget(found.size(), forks));
          } else {
            confirmation.add(key, found.stream().mapToDouble(Double::doubleValue).toArray());
          }
        });
  }

  private static String budget(int done, int wanted) {
    return "the time budget ended after %d of %d forks; raise --time-budget"
        .formatted(done, wanted);
  }

  /** Both builds A B B A, then compared by the rule of all comparisons on these forks alone. */
  private void runBuilds(Map<String, GatedCell> cells, int forks, Confirmation confirmation)
      throws IOException {
    List<TrackedRun> before = new ArrayList<>();
    List<TrackedRun> now = new ArrayList<>();
    for (Map.Entry<String, GatedCell> cell : cells.entrySet()) {
      before.clear();
      now.clear();
      try {
        for (int i = 0; i < 2 * forks && hasTime(); i++) {
          boolean ofBaseline = i % 4 == 0 || i % 4 == 3;
          TrackedRun run = runBuild(cell.getValue(), ofBaseline);
          (ofBaseline ? before : now).add(run);
          terminal.progress(
              "gate [fork %d/%d] %s by the %s's build",
              i + 1, 2 * forks, cell.getKey(), ofBaseline ? "baseline" : "candidate");
        }
        if (now.size() < forks || before.size() < forks) {
          confirmation.leaveOpen(cell.getKey(), budget(Math.min(before.size(), now.size()), forks));
        } else {
          confirmation.addBuilds(cell.getKey(), before, now);
        }
      } catch (IOException e) {
        confirmation.leaveOpen(cell.getKey(), "a fork failed: " + e.getMessage());
      }
    }
  }

  private TrackedRun runBuild(GatedCell cell, boolean ofBaseline) throws IOException {
    Path own = Path.of(System.getProperty("java.class.path"));
    Path jar = ofBaseline ? baselineJar.orElseThrow() : own;
    RunFolder run = ofBaseline ? baseline : candidate;
    Path folder = Files.createTempDirectory("edge-frontier-gate");
    Path result = folder.resolve("jmh.json");
    try {
      new JarFork(jar, run.path(), cell.parameters(), cell.threads()).run(result);
      return RunReader.read(result);
    } finally {
      Files.deleteIfExists(result);
      Files.delete(folder);
    }
  }

  private boolean hasTime() {
    return System.nanoTime() - deadline < 0;
  }
}
