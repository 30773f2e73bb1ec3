package io.edgefrontier.cli;

import io.edgefrontier.analysis.Advice;
import io.edgefrontier.analysis.Adviser;
import io.edgefrontier.analysis.BudgetMetric;
import io.edgefrontier.analysis.LimitFigures;
import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.analysis.Limits;
import io.edgefrontier.analysis.Preference;
import io.edgefrontier.config.Settings;
import io.edgefrontier.report.AdviceJson;
import io.edgefrontier.report.AdviceNotes;
import io.edgefrontier.report.AdviceText;
import io.edgefrontier.report.Findings;
import io.edgefrontier.report.ShippedArchive;
import io.edgefrontier.result.Cell;
import io.edgefrontier.result.SweepRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names the variant to ship under the user's own limits. */
@Command(
    name = "recommend",
    description = {
      "Name the variant of a run to ship under your own limits: why, the runner-up, what each limit"
          + " costs, the archive and Java code that loads it. Without limits, the run's own memory"
          + " budget decides, as in 'report'. Nothing is measured or written.",
      "Of the cells that keep all limits, the fastest is chosen whose accuracy lies within the 95 %%"
          + " interval of the best one; --prefer chooses otherwise.",
      "Exits with 4 where nothing fits, and says what comes closest."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar benchmarks.jar recommend",
      "  java -jar benchmarks.jar recommend latest --max-latency-ms 0.5 --max-accuracy-drop 1%%",
      "  java -jar benchmarks.jar recommend 20261122T2227 --max-memory-mb 0.05 --min-accuracy 0.9",
      "  java -jar benchmarks.jar recommend --max-energy-j 0.002 --use-ci --json > choice.json",
      "  java -jar benchmarks.jar recommend --min-accuracy 98%% --prefer latency",
      "  java -jar benchmarks.jar recommend --batch-size 32 --threads 2 --max-latency-ms 20"
    })
final class RecommendCommand implements Callable<Integer> {
  @Mixin private StoreOptions store;
  @Mixin private LimitOptions given;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      defaultValue = "latest",
      description =
          "Its folder, 'latest', the beginning of its name or commit, or 'baseline:NAME'. Default:"
              + " ${DEFAULT-VALUE}.")
  private String run;

  @Option(
      names = "--use-ci",
      description =
          "Hold limits against the unfavourable end of the 95 %% interval, where there is one:"
              + " latency at its upper end, accuracy at its lower.")
  private boolean useCi;

  @Option(
      names = "--prefer",
      paramLabel = "WHAT",
      defaultValue = "accuracy",
      description =
          "What is best among the cells that fit: accuracy (the fastest within the interval of the"
              + " best), latency, memory or energy. Default: ${DEFAULT-VALUE}.")
  private String prefer;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Consider cells of this batch size only.")
  private Integer batchSize;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Consider cells of so many engine threads only.")
  private Integer threads;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Limits limits = given.limits();
    Preference preference = preference();
    RunFolder folder = folder();
    Settings settings = SettingOptions.of(folder);
    Findings findings = RunFindings.read(settings, folder, "");
    BudgetMetric metric = settings.budgets().memory().metric();
    LimitFigures figures = LimitFigures.of(findings.rows(), metric, useCi);
    requireFigures(limits, figures, findings.rows());
    boolean ownBudget = limits.bound(LimitKind.MAX_MEMORY_MB).isEmpty();
    if (ownBudget) {
      limits = limits.with(LimitKind.MAX_MEMORY_MB, activeMb(findings));
    }
    List<SweepRow> rows = only("--threads", threads, Cell::threads, batchRows(findings.rows()));
    Advice advice = Adviser.advise(rows, figures, limits, preference);
    Optional<ShippedArchive> archive =
        advice.choice().isPresent()
            ? ArchiveOfRun.of(folder, advice.choice().get().row())
            : Optional.empty();
    AdviceNotes notes =
        new AdviceNotes(
            folder.path().toString(),
            metric.label(),
            ownBudget,
            optional(batchSize),
            optional(threads),
            settings.budgets().latencyMultiplier(),
            findings.rough(),
            archive);
    print(advice, notes);
    return advice.fitting().isEmpty() ? ExitCode.NOTHING_FITS : ExitCode.DONE;
  }

  private List<SweepRow> batchRows(List<SweepRow> rows) {
    return only("--batch-size", batchSize, Cell::batchSize, rows);
  }

  private void print(Advice advice, AdviceNotes notes) {
    if (json) {
      store.terminal().result(AdviceJson.text(advice, notes));
    } else {
      AdviceText.lines(advice, notes).forEach(store.terminal()::result);
    }
    notes
        .archive()
        .filter(archive -> archive.state() != ShippedArchive.State.VERIFIED)
        .ifPresent(
            archive ->
                store
                    .terminal()
                    .warn(
                        "the archive is %s; make the variants again",
                        archive.state() == ShippedArchive.State.MISSING
                            ? "not there"
                            : "not the one that was measured"));
  }

  private Preference preference() {
    return Arrays.stream(Preference.values())
        .filter(known -> known.label().equals(prefer.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--prefer: expected accuracy, latency, memory or energy, found '%s'"
                        .formatted(prefer)));
  }

  private RunFolder folder() throws IOException {
    Path path = store.runs().locate(run);
    RunFolder folder = new RunFolder(path);
    if (!Files.isRegularFile(folder.sweep())) {
      throw new IOException(
          folder.sweep() + ": no such file; 'recommend' needs a run that 'merge' has been through");
    }
    return folder;
  }

  /** The budget that the rows were judged by, which may be older than the settings. */
  private static double activeMb(Findings findings) {
    return findings.rows().stream()
        .mapToDouble(SweepRow::activeBudgetMb)
        .findFirst()
        .orElse(findings.activeBudgetMb());
  }

  /** Says so where a limit can be held against nothing, rather than that nothing fits. */
  private static void requireFigures(Limits limits, LimitFigures figures, List<SweepRow> rows) {
    List<SweepRow> measured = rows.stream().filter(row -> row.error().isEmpty()).toList();
    for (LimitKind kind : limits.kinds()) {
      if (!measured.isEmpty()
          && measured.stream().allMatch(row -> Double.isNaN(figures.figure(kind, row)))) {
        throw new IllegalArgumentException(
            "%s: no cell of the run has a figure for %s%s"
                .formatted(
                    kind.option(),
                    kind.phrase(),
                    figures.useCi() ? " with an interval; leave out --use-ci" : ""));
      }
    }
  }

  private static List<SweepRow> only(
      String option, Integer wanted, ToIntFunction<Cell> part, List<SweepRow> rows) {
    if (wanted == null) {
      return rows;
    }
    List<SweepRow> found =
        rows.stream().filter(row -> part.applyAsInt(row.cell()) == wanted).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "%s %s: no such cells in the run; it has %s"
              .formatted(
                  option,
                  wanted,
                  rows.stream()
                      .map(row -> String.valueOf(part.applyAsInt(row.cell())))
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    return found;
  }

  private static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
