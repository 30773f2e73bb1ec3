package io.edgefrontier.cli;

import io.edgefrontier.sweep.PairFork;
import io.edgefrontier.track.Confirmation;
import io.edgefrontier.track.Deltas;
import io.edgefrontier.track.RunComparison;
import io.edgefrontier.variant.Archive;
import java.io.IOException;
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
    if (!builds.isEmpty()) {
      var both = new BuildForks(baselineJar.orElseThrow(), baseline, candidate, terminal);
      builds.forEach((key, cell) -> both.run(key, cell, forks, this::hasTime, confirmation));
    }
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
          boolean exchanged = round % 2 == 1;
          double ratio =
              Undisturbed.run(pair.getValue().threads(), () -> pair.getValue().ratio(exchanged));
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
            confirmation.leaveOpen(key, outOfTime(found.size(), forks));
          } else {
            confirmation.add(key, found.stream().mapToDouble(Double::doubleValue).toArray());
          }
        });
  }

  /** Says how far a cell got before the time budget ended. */
  static String outOfTime(int done, int wanted) {
    return "the time budget ended after %d of %d forks; raise --time-budget"
        .formatted(done, wanted);
  }

  private boolean hasTime() {
    return System.nanoTime() - deadline < 0;
  }
}
