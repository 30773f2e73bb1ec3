package io.edgefrontier.cli;

import io.edgefrontier.sweep.JarFork;
import io.edgefrontier.track.Confirmation;
import io.edgefrontier.track.RunReader;
import io.edgefrontier.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Forks of two builds of this program on one cell, in turns A B B A, until they can tell the builds
 * apart. They are processes of their own, which differ by far more than archives in one process do.
 *
 * @param baselineJar the build that measured the baseline; this program's own is the other
 */
record BuildForks(Path baselineJar, RunFolder baseline, RunFolder candidate, Terminal terminal) {
  private static final int FEWEST = 16;
  private static final int STEP = 8;
  private static final int MOST = 48;

  /**
   * Measures a cell and hands the forks over, or why there are too few.
   *
   * @param forks that the number of cells needs of each build
   * @param hasTime whether another fork may start
   */
  void run(
      String key, GatedCell cell, int forks, BooleanSupplier hasTime, Confirmation confirmation) {
    List<TrackedRun> before = new ArrayList<>();
    List<TrackedRun> now = new ArrayList<>();
    int needed = Math.max(FEWEST, forks);
    try {
      for (int wanted = needed; wanted <= Math.max(MOST, needed); wanted += STEP) {
        run(key, cell, wanted, hasTime, before, now);
        if (Math.min(before.size(), now.size()) < wanted
            || confirmation.canTell(key, before, now)) {
          break;
        }
      }
      if (Math.min(before.size(), now.size()) < needed) {
        confirmation.leaveOpen(
            key, Confirmer.outOfTime(Math.min(before.size(), now.size()), needed));
      } else {
        confirmation.addBuilds(key, before, now);
      }
    } catch (IOException e) {
      confirmation.leaveOpen(key, "a fork failed: " + e.getMessage());
    }
  }

  private void run(
      String key,
      GatedCell cell,
      int wanted,
      BooleanSupplier hasTime,
      List<TrackedRun> before,
      List<TrackedRun> now)
      throws IOException {
    while (before.size() + now.size() < 2 * wanted && hasTime.getAsBoolean()) {
      int turn = (before.size() + now.size()) % 4;
      boolean ofBaseline = turn == 0 || turn == 3;
      (ofBaseline ? before : now)
          .add(Undisturbed.run(cell.threads(), () -> measure(cell, ofBaseline)));
      terminal.progress(
          "gate [fork %d/%d] %s by the %s's build",
          before.size() + now.size(), 2 * wanted, key, ofBaseline ? "baseline" : "candidate");
    }
  }

  private TrackedRun measure(GatedCell cell, boolean ofBaseline) throws IOException {
    Path own = Path.of(System.getProperty("java.class.path"));
    Path jar = ofBaseline ? baselineJar : own;
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
}
