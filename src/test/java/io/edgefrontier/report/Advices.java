package io.edgefrontier.report;

import io.edgefrontier.analysis.Advice;
import io.edgefrontier.analysis.Adviser;
import io.edgefrontier.analysis.BudgetMetric;
import io.edgefrontier.analysis.LimitFigures;
import io.edgefrontier.analysis.LimitKind;
import io.edgefrontier.analysis.Limits;
import io.edgefrontier.analysis.Preference;
import io.edgefrontier.result.Accuracy;
import io.edgefrontier.result.SweepRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Advices to report on.
 *
 * @param notes with the archive of the chosen cell
 */
record Advices(Advice advice, AdviceNotes notes) {
  private static final String RUN = "results/runs/0a1b2c3d/20260101T000000Z-01234567";
  private static final double FP32_TOP1 = 355 / 360.0;

  /** Limits on everything, of which memory binds. */
  static Advices typical() {
    return of(
        drops(Sweeps.typical().rows()),
        new Limits(
            Map.of(
                LimitKind.MAX_LATENCY_MS, 0.5,
                LimitKind.MIN_ACCURACY, 0.9,
                LimitKind.MAX_MEMORY_MB, 0.08,
                LimitKind.MAX_ENERGY_J, 0.002,
                LimitKind.MAX_ACCURACY_DROP, 0.06)),
        Preference.ACCURACY,
        false);
  }

  /** The run's own budget and nothing else. */
  static Advices own() {
    return of(
        drops(Sweeps.typical().rows()),
        Limits.NONE.with(LimitKind.MAX_MEMORY_MB, Sweeps.ACTIVE_MB),
        Preference.ACCURACY,
        true);
  }

  static Advices nothingFits() {
    return of(
        drops(Sweeps.typical().rows()),
        Limits.NONE
            .with(LimitKind.MAX_LATENCY_MS, 0.1)
            .with(LimitKind.MIN_ACCURACY, 0.9)
            .with(LimitKind.MAX_MEMORY_MB, 0.05),
        Preference.ACCURACY,
        false);
  }

  /** Two batch sizes, the smallest preferred. */
  static Advices batches() {
    return of(
        Sweeps.twoBatchSizes().rows(),
        Limits.NONE.with(LimitKind.MAX_MEMORY_MB, Sweeps.ACTIVE_MB),
        Preference.MEMORY,
        true);
  }

  static Advices hostile() {
    return of(Sweeps.hostile().rows(), Limits.NONE, Preference.ACCURACY, true);
  }

  static Advices of(List<SweepRow> rows, Limits limits, Preference preference, boolean own) {
    LimitFigures figures = LimitFigures.of(rows, BudgetMetric.MODEL_MEMORY_MB, false);
    Advice advice = Adviser.advise(rows, figures, limits, preference);
    return new Advices(
        advice,
        new AdviceNotes(
            RUN,
            "model_memory_mb",
            own,
            OptionalInt.empty(),
            OptionalInt.empty(),
            1,
            false,
            advice.choice().flatMap(choice -> archive(choice.row()))));
  }

  private static Optional<ShippedArchive> archive(SweepRow row) {
    return row.archive()
        .map(
            archive ->
                new ShippedArchive(
                    Path.of(RUN, archive.path().replaceAll("[^ -~]", "")),
                    archive.sha256(),
                    List.of(row.cell().batchSize(), 1, 28, 28),
                    row.cell().threads(),
                    ShippedArchive.State.VERIFIED));
  }

  Advices with(boolean rough, double multiplier, ShippedArchive.State state) {
    return new Advices(
        advice,
        new AdviceNotes(
            notes.run(),
            notes.memoryMetric(),
            notes.ownBudget(),
            OptionalInt.of(1),
            OptionalInt.of(2),
            multiplier,
            rough,
            notes
                .archive()
                .map(
                    archive ->
                        new ShippedArchive(
                            archive.path(),
                            archive.sha256(),
                            archive.inputShape(),
                            archive.threads(),
                            state))));
  }

  /** Returns the rows with their accuracies compared with the unpruned fp32's. */
  private static List<SweepRow> drops(List<SweepRow> rows) {
    return rows.stream().map(Advices::drop).toList();
  }

  private static SweepRow drop(SweepRow row) {
    return row.error().isEmpty()
        ? Sweeps.row(
            row.cell(),
            row.latency(),
            new Accuracy(
                row.accuracy().top1(),
                row.accuracy().ci95Low(),
                row.accuracy().ci95High(),
                row.accuracy().top1() - FP32_TOP1,
                1),
            row.memory().modelMb())
        : row;
  }

  String text() {
    return String.join("\n", AdviceText.lines(advice, notes)) + "\n";
  }

  String json() {
    return AdviceJson.text(advice, notes) + "\n";
  }
}
