package io.edgefrontier.cli;

import io.edgefrontier.config.BenchSettings;
import io.edgefrontier.config.Settings;
import io.edgefrontier.config.Settings.VariantSettings;
import io.edgefrontier.result.AccuracyRow;
import io.edgefrontier.result.ManifestTable;
import io.edgefrontier.result.Memory;
import io.edgefrontier.result.ResidentMemory;
import io.edgefrontier.sweep.Effort;
import io.edgefrontier.sweep.EnergySettings;
import io.edgefrontier.sweep.ForkSettings;
import io.edgefrontier.sweep.Grid;
import io.edgefrontier.sweep.Iterations;
import io.edgefrontier.sweep.JvmArguments;
import io.edgefrontier.sweep.LaunchPrefix;
import io.edgefrontier.sweep.Ranking;
import io.edgefrontier.sweep.SweepFlag;
import io.edgefrontier.sweep.SweepPlan;
import io.edgefrontier.variant.ManifestEntry;
import io.edgefrontier.variant.Precision;
import io.edgefrontier.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns settings and a run's variants into the plan of a sweep. */
final class SweepPlans {
  // latency_ms hangs on the reference's median over the sweep, which varies between forks as any
  // time does. A sweep of few cells gets more forks of each, so that this is of a dozen at least.
  private static final int REFERENCE_FORKS = 12;

  private SweepPlans() {}

  /**
   * Returns the plan.
   *
   * @throws IOException if the manifest has no variant, or a sensor or program that the settings
   *     name does not work
   */
  static SweepPlan of(Settings settings, RunFolder run, BenchCommand.Mode mode, Terminal terminal)
      throws IOException {
    List<ManifestEntry> manifest = ManifestTable.TABLE.read(run.manifest());
    if (manifest.isEmpty()) {
      throw new IOException(run.manifest() + ": has no row, expected one per variant");
    }
    BenchSettings bench = settings.bench();
    Optional<EnergySettings> energy = EnergySource.find(bench, run, terminal);
    Grid grid = withArchives(grid(manifest, settings), manifest);
    int cells = grid.cells().size() / bench.threads().size(); // that share a reference median
    return new SweepPlan(
        run.path(),
        run.path(),
        grid,
        effort(bench, cells, energy.isPresent()),
        forks(bench, energy),
        ranking(settings, manifest, run),
        prefix(bench),
        settings.seed(),
        flags(bench, mode));
  }

  /** Returns the plan of a self-test: the first cell, without energy. */
  static SweepPlan ofFirstCell(Settings settings, RunFolder run) throws IOException {
    BenchSettings bench = settings.bench();
    Variant first = ManifestTable.TABLE.read(run.manifest()).get(0).variant();
    Grid grid =
        new Grid(List.of(first), bench.batchSizes().subList(0, 1), bench.threads().subList(0, 1));
    return new SweepPlan(
        run.path(),
        run.path(),
        grid,
        Effort.fixed(1, 0),
        forks(bench, Optional.empty()),
        Ranking.UNKNOWN,
        prefix(bench),
        settings.seed(),
        flags(bench, new BenchCommand.Mode(false, false)));
  }

  /**
   * Returns the cells that the settings choose among a run's variants.
   *
   * @throws IllegalArgumentException if they ask for a pruning level or a precision that no variant
   *     has; the message lists those that there are
   */
  static Grid grid(List<ManifestEntry> manifest, Settings settings) {
    List<Variant> variants = manifest.stream().map(ManifestEntry::variant).toList();
    return new Grid(
        chosen(variants, settings.variants(), "this run"),
        settings.bench().batchSizes(),
        settings.bench().threads());
  }

  /**
   * Returns the variants of the levels and precisions that the settings choose, in their order.
   *
   * @param where what has the variants, for messages
   * @throws IllegalArgumentException if no variant has one of them, or none has a chosen pair
   */
  static List<Variant> chosen(List<Variant> variants, VariantSettings settings, String where) {
    List<Double> levels = settings.pruningLevels();
    List<Precision> precisions = settings.precisions();
    requireAll("pruningLevel", where, levels, variants.stream().map(Variant::pruningLevel));
    requireAll(
        "precision",
        where,
        precisions.stream().map(Precision::label).toList(),
        variants.stream().map(variant -> variant.precision().label()));
    List<Variant> chosen = new ArrayList<>();
    for (double level : levels) {
      for (Precision precision : precisions) {
        variants.stream()
            .filter(variant -> variant.pruningLevel() == level && variant.precision() == precision)
            .forEach(chosen::add);
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no variant of %s has a pruning level of %s and a precision of %s; there are %s"
              .formatted(
                  where,
                  levels,
                  precisions.stream().map(Precision::label).toList(),
                  variants.stream().map(Variant::id).collect(Collectors.joining(", "))));
    }
    return chosen;
  }

  private static <T> void requireAll(String axis, String where, List<T> asked, Stream<T> there) {
    List<T> known = there.distinct().toList();
    for (T value : asked) {
      if (!known.contains(value)) {
        throw new IllegalArgumentException(
            "%s: no variant of %s has %s; there are %s"
                .formatted(
                    axis,
                    where,
                    value,
                    known.stream().map(String::valueOf).collect(Collectors.joining(", "))));
      }
    }
  }

  /** Leaves out what has no archive to measure, as long as anything is left. */
  private static Grid withArchives(Grid grid, List<ManifestEntry> manifest) {
    Set<Variant> there =
        manifest.stream()
            .filter(entry -> entry.archive().isPresent())
            .map(ManifestEntry::variant)
            .collect(Collectors.toSet());
    List<Variant> left = grid.variants().stream().filter(there::contains).toList();
    return left.isEmpty() ? grid : new Grid(left, grid.batchSizes(), grid.threads());
  }

  private static Effort effort(BenchSettings bench, int cells, boolean energy) {
    BenchSettings.Repeats repeats = bench.repeats();
    int forCells = (REFERENCE_FORKS + cells - 1) / cells;
    int least = Math.max(repeats.least(), Math.min(repeats.most(), forCells));
    return new Effort(
        least,
        repeats.most(),
        repeats.precisionTarget(),
        repeats.timeBudget(),
        repeats.coldStart(),
        repeats.throughput(),
        energy ? repeats.energy() : 0,
        bench.arrivalRate().isPresent() ? repeats.least() : 0);
  }

  private static ForkSettings forks(BenchSettings bench, Optional<EnergySettings> energy) {
    BenchSettings.JvmArgs arguments = bench.jvmArgs();
    return new ForkSettings(
        iterations(bench.warmup()),
        iterations(bench.measurement()),
        new Iterations(1, bench.windows().time()),
        iterations(bench.windows()),
        bench.callers(),
        bench.forkTimeout(),
        bench.reference(),
        bench.arrivalRate(),
        energy,
        new JvmArguments(
            arguments.prepend(),
            arguments.replace().isEmpty() ? Optional.empty() : Optional.of(arguments.replace()),
            arguments.append()));
  }

  private static Iterations iterations(BenchSettings.Iterations iterations) {
    return new Iterations(iterations.count(), iterations.time());
  }

  private static LaunchPrefix prefix(BenchSettings bench) throws IOException {
    BenchSettings.Isolation isolation = bench.isolation();
    return LaunchPrefix.of(
        isolation.affinity(), isolation.nice(), bench.callers() * Collections.max(bench.threads()));
  }

  private static Set<SweepFlag> flags(BenchSettings bench, BenchCommand.Mode mode) {
    Set<SweepFlag> flags = EnumSet.noneOf(SweepFlag.class);
    if (mode.verbose()) {
      flags.add(SweepFlag.VERBOSE);
    }
    if (mode.restart()) {
      flags.add(SweepFlag.RESTART);
    }
    if (!bench.isolation().lock()) {
      flags.add(SweepFlag.IGNORE_LOCK);
    }
    return flags;
  }

  /** What accuracy and memory already say, so that forks go where the frontier is decided. */
  private static Ranking ranking(Settings settings, List<ManifestEntry> manifest, RunFolder run)
      throws IOException {
    Map<Variant, Double> accuracies = new HashMap<>();
    if (Files.exists(run.accuracy())) {
      for (AccuracyRow row : AccuracyRow.TABLE.read(run.accuracy())) {
        if (row.error().isEmpty()) {
          accuracies.put(row.variant(), row.accuracy().top1());
        }
      }
    }
    int smallestBatch = Collections.min(settings.bench().batchSizes());
    Set<Variant> rejected = new HashSet<>();
    for (ManifestEntry entry : manifest) {
      entry
          .archive()
          .map(archive -> Memory.of(archive, smallestBatch, ResidentMemory.ABSENT))
          .filter(memory -> exceeds(settings, memory))
          .ifPresent(memory -> rejected.add(entry.variant()));
    }
    return new Ranking(accuracies, rejected);
  }

  // Not 'accepts': a figure that is not known yet rejects nothing.
  private static boolean exceeds(Settings settings, Memory memory) {
    return settings.budgets().memory().metric().of(memory) > settings.budgets().memory().activeMb();
  }
}
